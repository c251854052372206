"""A lesson asks questions of earlier lessons again, and leaves itself out of it."""

import re

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.conf import settings

from courses.models import LessonPage
from courses.packages.markdown import TextContext
from courses.packages.problems import Report
from courses.packages.streams import read_stream, write_stream
from courses.packages.values import Reading
from courses.progress.cookie import loads, short_key
from courses.progress.models import Attempt
from courses.review.models import ReviewCard
from tests.factories import lesson, text
from tests.player.test_statements import statements

pytestmark = pytest.mark.django_db
PATH = "/kurse/spuren/feed/"


def recall(**fields) -> dict:
    return {"type": "recall", "value": {"count": 2, "fixed": [], **fields}}


@pytest.fixture
def third(course) -> LessonPage:
    """A third lesson that opens with two questions."""
    return lesson(course, slug="feed", title="Der Feed", body=[recall(), text()])


def asked(html: str) -> list[str]:
    return re.findall(r"Frage (\w+)\?", html)


def test_a_visitor_is_asked_about_two_goals_of_earlier_lessons(third, visitor) -> None:
    first, again = (visitor.get(PATH).content.decode() for _ in range(2))

    assert asked(first) == ["vier", "drei"]
    assert asked(again) == asked(first)
    assert "Fragen aus früheren Lektionen" in first


def test_the_author_may_name_the_questions(course, visitor) -> None:
    lesson(course, slug="feed", body=[recall(fixed=["zwei", "vier"]), text()])

    assert asked(visitor.get(PATH).content.decode()) == ["zwei", "vier"]


def test_the_first_lesson_has_nothing_to_ask(course, visitor) -> None:
    page = lesson(course, slug="nur", body=[recall(), text()])
    page.move(course, pos="first-child")

    assert "Noch bekannt?" not in visitor.get("/kurse/spuren/nur/").content.decode()


def test_an_answer_counts_where_it_belongs_and_not_here(third, visitor) -> None:
    url = f"{PATH}erinnern/werbung/vier/"
    response = visitor.post(url, {"option": "1"}, follow=True)
    page = response.content.decode()
    record = loads(visitor.cookies[settings.PROGRESS_COOKIE_NAME].value)
    second = LessonPage.objects.get(slug="werbung")

    assert "Das stimmt." in page
    assert asked(page) == ["vier", "drei"]
    assert list(record.lessons) == [short_key(second.translation_key)]
    assert "Alle Aufgaben sind beantwortet." in page


def test_on_paper_stand_the_questions_for_everybody(third, visitor) -> None:
    page = visitor.get(f"{PATH}drucken/").text

    assert asked(page) == ["vier", "drei"]
    assert "Noch bekannt?" in page
    assert "<input" not in page.partition("<main")[2]


def test_a_script_gets_the_question_alone(third, visitor) -> None:
    response = visitor.post(
        f"{PATH}erinnern/werbung/vier/",
        {"option": "0"},
        headers={"Accept": "application/json"},
    )

    assert "Noch nicht richtig." in response.json()["exercise"]
    assert f'action="{PATH}erinnern/werbung/vier/' in response.json()["exercise"]


def test_who_reviews_gets_what_is_due_and_moves_its_card(third, lena_client) -> None:
    with time_machine.travel("2025-11-23 10:00+01:00", tick=False):
        lena_client.post("/kurse/spuren/tag/antwort/eins/", {"option": "0"})
        lena_client.post("/kurse/spuren/werbung/antwort/vier/", {"option": "0"})
        lena_client.post("/lernen/wiederholen/einstellen/", {"choice": "on"})
    ReviewCard.objects.filter(goal="geld").update(due="2025-12-24")
    with time_machine.travel("2025-11-24 10:00+01:00", tick=False):
        page = lena_client.get(PATH).content.decode()
        lena_client.post(f"{PATH}erinnern/tag/eins/", {"option": "1"})

    assert asked(page) == ["eins", "vier"]
    assert str(ReviewCard.objects.get(goal="spuren").due) == "2025-11-26"
    assert Attempt.objects.get(exercise_key="eins").best == 100


@pytest.mark.parametrize(
    "path", ["werbung/weg", "weg/vier", "feed/vier", "werbung/eins"]
)
def test_a_question_of_no_earlier_lesson_is_gone(third, visitor, path) -> None:
    response = visitor.post(f"{PATH}erinnern/{path}/", {"option": "1"})

    assert response.status_code == 410


def test_a_form_loaded_for_somebody_else_is_refused(
    third, visitor, lena_client
) -> None:
    page = BeautifulSoup(visitor.get(PATH).content, "html.parser")
    asking = page.select_one("form[action*='erinnern']")
    fields = {i["name"]: i["value"] for i in asking.select("input[type=hidden]")}
    path = asking["action"].partition("#")[0]

    assert fields["reader"] == ""
    refused = lena_client.post(path, {**fields, "option": "1"})
    assert refused.status_code == 409
    assert Attempt.objects.count() == 0


def test_nothing_chosen_is_asked_again(third, visitor) -> None:
    response = visitor.post(f"{PATH}erinnern/werbung/vier/", {}, follow=True)

    assert "Antwort auswählen" in response.content.decode()


def test_a_signed_in_lesson_with_questions_stays_within_seven(
    third, lena_client
) -> None:
    lena_client.get(PATH)
    lena_client.get("/kurse/spuren/tag/")
    warm = statements(lambda: lena_client.get(PATH))

    # generation, session, user, progress, groups, place, cards
    assert len(warm) == 7, warm


def test_the_block_goes_into_a_package_and_comes_back(third) -> None:
    stream = LessonPage._meta.get_field("body").stream_block
    raw = stream.get_prep_value(third.body)
    written = write_stream(stream, raw)
    reading = Reading(TextContext(Report("x.md")))
    read = read_stream(stream, written, 1, reading, third.translation_key)

    assert written.startswith(":::{recall}\ncount: 2\n")
    assert reading.context.report.problems == []
    assert write_stream(stream, read) == written
