"""How many statements a page costs. Literal counts: a new one must be meant."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from content.memory import forget_all
from content.models import GlossaryPage, GlossaryTerm, Source
from courses.exercises.registry import question_types
from courses.exercises.types.hotspot.examples import VALUE as HOTSPOT
from tests.factories import (
    GOALS,
    final_test,
    lesson,
    multiple_choice,
    photo,
    pool,
    published,
    single_choice,
    step_card,
    text,
    with_pictures,
    world,
)

pytestmark = pytest.mark.django_db
IGNORED = ("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT", "ROLLBACK")


def statements(run) -> list[str]:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        run()
    return [
        q["sql"] for q in captured.captured_queries if not q["sql"].startswith(IGNORED)
    ]


def image(title: str) -> dict[str, Any]:
    return {"type": "image", "value": {"image": photo(title).pk, "alt": title}}


def test_a_visitors_lesson(shelf, visitor) -> None:
    cold = statements(lambda: visitor.get("/kurse/spuren/tag/"))
    warm = statements(lambda: visitor.get("/kurse/spuren/tag/"))
    # generation, shelf, the course's lessons, what stands around
    assert len(cold) == 4, cold
    assert len(warm) == 1, warm  # the content generation


def test_a_full_lesson_with_nothing_kept(db, visitor) -> None:
    shelf = world()
    german = shelf.home.locale
    published(shelf.home, GlossaryPage(title="Glossar", slug="glossar", locale=german))
    term = {"locale": german, "term": "Cookie", "short": "Eine kleine Datei."}
    GlossaryTerm.objects.create(key="cookie", **term)
    Source.objects.create(key="dsgvo", title="DSGVO", locale=german)
    step_card("standort")
    course = shelf.course(goals=GOALS)
    hotspot = question_types()["hotspot"].block()
    for number in range(3):
        asked = single_choice(f"frage-{number}", goal="erkennen")
        picture = image(f"Bild {number}")
        lesson(course, f"lektion-{number}", body=[text(), picture, asked])
    everything = [
        {"type": "recall", "value": {"count": 3, "fixed": []}},
        text('<p>Ein <a linktype="glossary" id="cookie">Cookie</a>.</p>'),
        text('<p>Den <a linktype="card" id="standort">Standort ausschalten</a>.</p>'),
        image("Ein Handy"),
        image("Eine Uhr"),
        {"type": "sources", "value": {"items": [{"shared": "dsgvo"}]}},
        {"type": "lab", "value": {"lab": "wiedererkannt"}},
        {"type": "hotspot", "value": with_pictures(hotspot, HOTSPOT)},
        single_choice(),
        multiple_choice(),
    ]
    lesson(course, body=everything)
    # What is asked first makes the renditions, as publishing in the CMS does.
    visitor.get("/kurse/spuren/tag/")
    forget_all()
    caches["default"].clear()

    html = ""

    def open_lesson() -> None:
        nonlocal html
        html = visitor.get("/kurse/spuren/tag/").text

    cold = statements(open_lesson)
    for shown in (
        "erinnern/lektion-2/", "term-word", "/handgriffe/standort/", "DSGVO",
        ".webp", "data-module", "/glossar/#cookie",
    ):  # fmt: skip
        assert shown in html, shown
    # generation, shelf, the course's lessons, pictures, renditions, glossary, pages
    # that are linked, step cards, shared sources, what stands around
    assert len(cold) == 10, cold


def test_a_lesson_of_a_visitor_with_progress(shelf, visitor) -> None:
    visitor.post(shelf.answer_url(), {"option": "1"})
    visitor.get("/kurse/spuren/tag/")
    warm = statements(lambda: visitor.get("/kurse/spuren/tag/"))
    assert len(warm) == 1, warm


def test_a_signed_in_lesson_the_write_included(shelf, lena_client) -> None:
    lena_client.get("/kurse/spuren/tag/")
    lena_client.get("/kurse/spuren/werbung/")
    warm = statements(lambda: lena_client.get("/kurse/spuren/tag/"))
    # generation, session, user, progress, groups, and the place written
    assert len(warm) == 6, warm
    again = statements(lambda: lena_client.get("/kurse/spuren/tag/"))
    assert len(again) == 5, again


def test_a_signed_in_answer(shelf, lena_client) -> None:
    lena_client.get("/kurse/spuren/tag/")
    first = statements(lambda: lena_client.post(shelf.answer_url(), {"option": "0"}))
    # generation, session, user, progress, what groups have opened, start, attempt,
    # groups that may know, place
    assert len(first) == 9, first
    again = statements(lambda: lena_client.post(shelf.answer_url(), {"option": "1"}))
    # the best score raised instead of start
    assert len(again) == 8, again


@pytest.mark.parametrize("count", [1, 3])
def test_the_catalogue_costs_the_same_for_any_number_of_courses(
    db, visitor, count
) -> None:
    shelf = world()
    for number in range(count):
        lesson(shelf.course(slug=f"kurs-{number}", title=f"Kurs {number}"))
    cold = statements(lambda: visitor.get("/kurse/"))
    # generation, shelf, the catalogue's own text, what stands around
    assert len(cold) == 4, cold
    assert len(statements(lambda: visitor.get("/kurse/"))) == 1


@pytest.mark.parametrize("count", [1, 3])
def test_covers_cost_one_statement_for_any_number_of_courses(
    db, visitor, count
) -> None:
    shelf = world()
    for number in range(count):
        cover = {"image": photo(f"Bild {number}"), "image_alt": "Ein Handy"}
        lesson(shelf.course(slug=f"kurs-{number}", title="Kurs", **cover))
    cold = statements(lambda: visitor.get("/kurse/"))
    assert len(cold) == 5, cold  # and the renditions of all covers


@pytest.mark.parametrize("count", [1, 3])
def test_the_outline_costs_the_same_for_any_number_of_lessons(
    db, lena_client, count
) -> None:
    course = world().course()
    for number in range(count):
        lesson(course, slug=f"lektion-{number}", title=f"Lektion {number}")
    lena_client.get("/kurse/spuren/")
    warm = statements(lambda: lena_client.get("/kurse/spuren/"))
    assert len(warm) == 4, warm


def form_fields(html: str) -> dict[str, str]:
    hidden = BeautifulSoup(html, "html.parser").select("main form input[type=hidden]")
    return {each["name"]: each["value"] for each in hidden}


@pytest.mark.parametrize("per_goal", [1, 4])
def test_a_final_test_costs_the_same_for_any_number_of_questions(
    db, lena_client, per_goal
) -> None:
    course = world().course(goals=GOALS)
    final_test(course, questions=pool(2 * per_goal, per_goal), per_goal=per_goal)
    test = "/kurse/spuren/abschlusstest/"
    start = form_fields(lena_client.get(test).text)

    def post(path: str, fields: dict[str, str]) -> list[str]:
        return statements(lambda: lena_client.post(test + path, fields))

    begun = post("beginnen/", start)
    # generation, session, user, what groups have opened, the test's row, the row
    # locked, the run
    assert len(begun) == 7, begun
    shown = statements(lambda: lena_client.get(f"{test}frage/1/"))
    assert len(shown) == 4, shown
    fields = {**form_fields(lena_client.get(f"{test}frage/1/").text), "go": "next"}
    answered = post("frage/1/", {**fields, "option": "1"})
    assert len(answered) == 6, answered
    again = post("frage/1/", {**fields, "option": "1"})
    assert len(again) == 4, again  # the same answer is not written twice
    handed_in = post(
        "abgeben/", form_fields(lena_client.get(f"{test}uebersicht/").text)
    )
    assert len(handed_in) == 6, handed_in
    result = statements(lambda: lena_client.get(f"{test}ergebnis/"))
    assert len(result) == 5, result  # and which lessons are done


def test_a_final_test_of_a_visitor_costs_the_generation_alone(db, visitor) -> None:
    final_test(world().course(goals=GOALS))
    test = "/kurse/spuren/abschlusstest/"
    start = form_fields(visitor.get(test).text)
    visitor.post(f"{test}beginnen/", start)
    fields = form_fields(visitor.get(f"{test}frage/1/").text)
    answered = statements(
        lambda: visitor.post(f"{test}frage/1/", {**fields, "option": "1"})
    )
    assert len(answered) == 1, answered


def test_a_picture_in_an_exercise_costs_no_statement_when_it_is_answered(
    shelf, visitor
) -> None:
    block = question_types()["hotspot"].block()
    exercise = {"type": "hotspot", "value": with_pictures(block, HOTSPOT)}
    lesson(shelf.course, "bild", body=[exercise])
    visitor.get("/kurse/spuren/bild/")
    url = shelf.answer_url("banner", "bild")

    answered = statements(lambda: visitor.post(url, {"option": "0"}))
    assert len(answered) == 1, answered  # the content generation
