"""“Mein Lernen” and the course page say what is done, what goes on and what is left."""

import pytest

from tests.factories import World, lesson, text

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


def hero(page: str) -> str:
    return page.partition('<header class="hero')[2].partition("</header>")[0]


def test_a_finished_lesson_is_never_what_goes_on(shelf, learner) -> None:
    finish(learner, "tag")
    learner.get("/kurse/spuren/tag/")  # looked at again: the place is back there
    assert 'href="/kurse/spuren/werbung/"' in hero(learner.get("/kurse/spuren/").text)
    page = section(learner.get("/lernen/").text, "started")
    assert 'href="/kurse/spuren/werbung/"' in page
    assert 'href="/kurse/spuren/tag/' not in page


def test_lessons_passed_by_come_after_those_behind_them(shelf, learner) -> None:
    lesson(shelf.course, slug="kette", title="Die Kette", minutes=5)
    learner.post("/kurse/spuren/tag/weiter/")  # left open
    finish(learner, "werbung")
    page = hero(learner.get("/kurse/spuren/").text)
    assert "Weiterlernen: Die Kette" in " ".join(page.split())
    finish(learner, "kette")
    page = hero(learner.get("/kurse/spuren/").text)
    assert "Weiterlernen: Ein Tag mit Spuren" in " ".join(page.split())


def test_a_course_with_all_lessons_done_says_so_and_what_comes_next(
    shelf, learner
) -> None:
    other = world_of(shelf).course(slug="feeds", title="Feeds verstehen")
    lesson(other, slug="feed", title="Der Feed")
    finish(learner, "tag")
    response = learner.post("/kurse/spuren/werbung/antwort/wetter-app/", {"option": 0})
    response = learner.post("/kurse/spuren/werbung/weiter/")
    assert response["Location"] == "/kurse/spuren/#geschafft"
    page = hero(learner.get("/kurse/spuren/").text)
    assert 'id="geschafft"' in page
    assert "Geschafft: alle Lektionen dieses Kurses." in page
    assert "Weiterlernen" not in page
    assert 'href="/kurse/spuren/bescheinigung/"' in page
    assert 'href="/kurse/feeds/"' in page


def test_a_course_of_another_setting_is_not_what_comes_next(shelf, learner) -> None:
    other = world_of(shelf).course(slug="amt", title="Im Amt", settings=["verwaltung"])
    lesson(other, slug="akte", title="Die Akte")
    for slug in ("tag", "werbung"):
        finish(learner, slug)
    assert 'href="/kurse/amt/"' not in hero(learner.get("/kurse/spuren/").text)


def test_the_button_of_the_last_open_lesson_ends_the_course(shelf, learner) -> None:
    finish(learner, "werbung")  # the second one first
    for key in ("wetter-app", "daten"):
        learner.post(f"/kurse/spuren/tag/antwort/{key}/", {"option": "0"})
    end = learner.get("/kurse/spuren/tag/").text.partition("<footer")[2]
    assert "Kurs abschließen" in end
    response = learner.post("/kurse/spuren/tag/weiter/")
    assert response["Location"] == "/kurse/spuren/#geschafft"


def test_a_course_that_was_only_read_stands_among_the_done_ones(shelf, learner) -> None:
    course = world_of(shelf).course(slug="lesen", title="Nur lesen")
    lesson(course, slug="text", title="Ein Text", body=[text()])
    learner.post("/kurse/lesen/text/weiter/", follow=True)  # as browsers do
    assert "Nur lesen" in section(learner.get("/lernen/").text, "done")


def test_going_on_leads_straight_to_the_one_begun_course(shelf, learner) -> None:
    assert learner.get("/lernen/weiter/")["Location"] == "/lernen/"
    finish(learner, "tag")
    assert learner.get("/lernen/weiter/")["Location"] == "/kurse/spuren/werbung/"
    other = world_of(shelf).course(slug="feeds", title="Feeds verstehen")
    lesson(other, slug="feed", title="Der Feed")
    learner.post("/kurse/feeds/feed/antwort/wetter-app/", {"option": "0"})
    assert learner.get("/lernen/weiter/")["Location"] == "/lernen/"


def world_of(shelf) -> World:
    index = shelf.course.get_parent().specific
    return World(index.get_parent().specific, index)
