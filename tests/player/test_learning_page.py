"""“Mein Lernen” and the course page say what is done, what goes on and what is left."""

import pytest

pytestmark = pytest.mark.django_db


def finish(client, slug: str) -> None:
    """Answer a lesson's exercises and go on."""
    for key in ("wetter-app", "daten"):
        client.post(f"/kurse/spuren/{slug}/antwort/{key}/", {"option": "0"})
    client.post(f"/kurse/spuren/{slug}/weiter/")


def section(page: str, name: str) -> str:
    """Return a section of a page by the id of its heading; empty where it has none."""
    return page.partition(f'aria-labelledby="{name}"')[2].partition("</section>")[0]


@pytest.fixture(params=["visitor", "lena_client"])
def learner(request):
    """Learn without an account, and with one."""
    return request.getfixturevalue(request.param)


def test_a_begun_course_goes_on_where_it_was_left(shelf, learner) -> None:
    finish(learner, "tag")
    page = learner.get("/lernen/").content.decode()
    assert 'href="/kurse/spuren/werbung/' in section(page, "started")
    assert "1 von 2 Lektionen erledigt" in section(page, "started")
    assert section(page, "done") == ""


def test_a_finished_course_stands_among_the_done_ones(shelf, learner) -> None:
    finish(learner, "tag")
    finish(learner, "werbung")
    page = learner.get("/lernen/").content.decode()
    assert 'href="/kurse/spuren/"' in section(page, "done")
    assert "Datenspuren lesen" in section(page, "done")
    assert section(page, "started") == ""


@pytest.mark.parametrize("path", ["/lernen/", "/kurse/spuren/"])
def test_minutes_left_are_those_of_lessons_not_done(shelf, learner, path) -> None:
    finish(learner, "tag")  # ten of eighteen minutes
    assert "noch etwa 8 Minuten" in learner.get(path).content.decode()
    finish(learner, "werbung")
    assert "noch etwa" not in learner.get(path).content.decode()


def test_nothing_begun_offers_a_beginning(shelf, learner) -> None:
    page = learner.get("/lernen/").content.decode()
    assert 'href="/kurse/spuren/"' in section(page, "suggestions")
    assert section(page, "started") == section(page, "done") == ""
