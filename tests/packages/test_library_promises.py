"""What the shipped library promises, counted: a course that loses a part fails here.

The numbers stand here as words, so that taking something out takes changing a test.
"""

import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

from courses.exercises.registry import question_types
from courses.packages.package import Edition, Package, Text
from courses.packages.reader import read_package
from courses.packages.values import list_item

LIBRARY = Path(settings.LIBRARY_DIR)
REVIEWS = Path(settings.BASE_DIR) / "docs" / "course-reviews"

#: How many lessons each course has in each of its languages.
LESSONS = {
    ("datengrabbing", "de"): 6,
    ("datengrabbing", "de-simple"): 2,
    ("datengrabbing", "en"): 6,
    ("datenschutz-im-rathaus", "de"): 7,
    ("erste-schritte", "de"): 5,
    ("erste-schritte", "de-simple"): 5,
    ("freie-programme", "de"): 6,
}
COURSES = list(dict.fromkeys(course for course, _locale in LESSONS))
#: Teacher's pages are written for those who teach: no Leichte Sprache. Of worksheets
#: there is in Leichte Sprache what a lesson asks the learner to fill in and keep.
TAUGHT = [each for each in LESSONS if each[1] != "de-simple"]

#: Labs by course, in the order of its lessons.
LABS = {
    "datengrabbing": [
        "fotodetektiv", "trackernetz", "cookieparcours", "wiedererkannt", "derfeed",
        "chatfreund", "auskunftwerkstatt",
    ],
    "datenschutz-im-rathaus": [
        "wiedererkannt", "auskunftwerkstatt", "phishingpostfach",
    ],
    "erste-schritte": ["passwortwerkstatt", "phishingpostfach", "apprechte"],
    "freie-programme": ["apprechte", "derfeed"],
}  # fmt: skip
#: A step that is taken together or in public: lesson, block.
TOGETHER = {
    "datengrabbing": ("rechte", "Eine Regel für eure Klasse"),
    "datenschutz-im-rathaus": ("unterwegs", "Vorlage für eine Dienstbesprechung"),
    "erste-schritte": ("amt", "Eine Anregung an den Rat"),
    "freie-programme": ("messenger", "Eine Absprache für deine Gruppe"),
}
#: A task in which something is made: lesson, block.
MADE = {
    "datengrabbing": ("rechte", "auskunftwerkstatt"),
    "datenschutz-im-rathaus": ("daten", "mein-verzeichnis"),
    "erste-schritte": ("betrug", "So entsteht dein Notfallblatt"),
    "freie-programme": ("apps", "Deine Straße auf der Karte"),
}
FRAMEWORKS = {
    "datengrabbing": {"digcomp", "mkr", "kmk"},
    "datenschutz-im-rathaus": {"digcomp", "kmk"},
    "erste-schritte": {"digcomp", "kmk"},
    "freie-programme": {"digcomp", "kmk"},
}
#: Lessons about something in dispute, and how many positions they show.
DISPUTED = {
    ("datengrabbing", "de"): {"spuren": 3, "werbung": 4, "feeds": 3},
    ("datengrabbing", "de-simple"): {"spuren": 2, "werbung": 2},
    ("datengrabbing", "en"): {"spuren": 3, "werbung": 4, "feeds": 3},
    ("datenschutz-im-rathaus", "de"): {"dienste": 4},
    ("erste-schritte", "de"): {"wlan": 2, "amt": 2},
    ("erste-schritte", "de-simple"): {"wlan": 2, "amt": 2},
    ("freie-programme", "de"): {"frei": 2, "buero": 4, "messenger": 2},
}
#: Lessons that tell of settings, and how many step cards they lead to.
CARDS = {
    "datengrabbing": {"spuren": 1, "mitleser": 4, "profile": 1},
    "datenschutz-im-rathaus": {"unterwegs": 4},
    "erste-schritte": {"passwort": 4, "geraet": 6, "wlan": 1},
    "freie-programme": {"frei": 2, "buero": 2, "apps": 1, "linux": 2},
}
#: What a teacher's page has to say, by language.
PLANS = {
    "de": ["Plan für 45 Minuten", "90 Minuten:", "2 × 45 Minuten:", "Ohne Gerät"],
    "en": ["Plan for 45 minutes", "90 minutes:", "2 × 45 minutes:", "Without devices"],
}
PAGES_OF_WORKSHEET = {"de": ["Seite 1:", "Seite 2:"], "en": ["Page 1:", "Page 2:"]}

in_each_language = pytest.mark.parametrize(
    "named", LESSONS, ids=lambda named: "/".join(named)
)
in_each_course = pytest.mark.parametrize("course", COURSES)


@cache
def package(name: str) -> Package:
    """Return a shipped package as it was read from its files."""
    loaded = read_package(LIBRARY / name)
    assert loaded.package
    return loaded.package


def edition(named: tuple[str, str]) -> Edition:
    """Return a course in one of its languages."""
    name, locale = named
    return next(each for each in package(name).editions if each.locale == locale)


def exercises(stream: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the questions among blocks."""
    types = question_types()
    return [each for each in stream if each["type"] in types]


def graded(stream: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the questions that have a right answer."""
    types = question_types()
    return [each for each in exercises(stream) if types[each["type"]].graded]


def goals_asked(stream: list[dict[str, Any]]) -> Counter[str]:
    """Count the graded questions of each goal."""
    return Counter(each["value"]["goal"] for each in graded(stream))


def has_block(lesson: Text, name: str) -> bool:
    """Whether a lesson holds a block of this title, exercise id or lab."""
    return any(
        name in (each["value"].get(field) for field in ("title", "key", "lab"))
        for each in lesson.streams["body"]
        if isinstance(each["value"], dict)
    )


def words_of(stream: list[dict[str, Any]]) -> str:
    """Return all that blocks say, without markup."""
    return re.sub(r"<[^>]+>", "", str(stream))


def test_every_shipped_course_is_counted_here():
    shipped = {path.name for path in LIBRARY.iterdir() if path.is_dir()} - {"_site"}
    assert {
        (name, each.locale): len(each.lessons)
        for name in shipped
        for each in package(name).editions
    } == LESSONS


# --- Questions ------------------------------------------------------------------------


@in_each_course
def test_a_course_asks_in_at_least_six_ways(course):
    types = {
        each["type"]
        for lesson in package(course).original.lessons
        for each in exercises(lesson.streams["body"])
    }
    assert len(types) >= 6


@in_each_language
def test_a_lesson_asks_at_least_twice_and_in_different_ways(named):
    for lesson in edition(named).lessons:
        types = [each["type"] for each in exercises(lesson.streams["body"])]
        assert len(types) >= 2, lesson.id
        assert len(set(types)) >= 2, lesson.id


@in_each_course
def test_lessons_ask_about_each_goal_in_at_least_three_variants(course):
    original = package(course).original
    asked: Counter[str] = Counter()
    for lesson in original.lessons:
        asked += goals_asked(lesson.streams["body"])
    assert min(asked[goal["id"]] for goal in original.head.facts["goals"]) >= 3


@in_each_language
def test_a_lesson_opens_with_two_questions_of_earlier_ones(named):
    earlier: set[str] = set()
    for lesson in edition(named).lessons:
        if earlier:
            assert questions_of_earlier(lesson, earlier) == 2, lesson.id
        earlier.update(lesson.facts["goals"])


def questions_of_earlier(lesson: Text, earlier: set[str]) -> int:
    """Count the questions about earlier goals that stand before anything else."""
    count = 0
    for each in lesson.streams["body"]:
        if each["type"] == "recall":
            count += each["value"]["count"]
        elif each["type"] in question_types():
            count += each["value"]["goal"] in earlier
        elif each["type"] != "text":
            break
    return count


@in_each_course
def test_the_pool_of_the_final_test_is_twice_the_draw_for_each_goal(course):
    original = package(course).original
    assert original.test
    pool = goals_asked(original.test.streams["pool"])
    drawn = original.test.facts["per_goal"]
    goals = [goal["id"] for goal in original.head.facts["goals"]]
    assert drawn >= 2
    assert set(pool) == set(goals)
    assert min(pool[goal] for goal in goals) >= 2 * drawn


# --- Around the questions -------------------------------------------------------------


@in_each_language
def test_a_lesson_has_a_drawing_what_to_keep_and_a_next_step(named):
    for lesson in edition(named).lessons:
        body = lesson.streams["body"]
        drawings = [each for each in body if each["type"] == "image"]
        assert any(each["value"]["image"].endswith(".svg") for each in drawings)
        types = {each["type"] for each in body}
        assert {"key_point", "next_step", "sources"} <= types, lesson.id


@in_each_course
def test_a_course_has_its_labs(course):
    assert [
        each["value"]["lab"]
        for lesson in package(course).original.lessons
        for each in lesson.streams["body"]
        if each["type"] == "lab"
    ] == LABS[course]


@pytest.mark.parametrize("named", TAUGHT, ids=lambda named: "/".join(named))
def test_a_teachers_page_plans_three_lengths_and_a_way_without_devices(named):
    for lesson in edition(named).lessons:
        said = words_of(lesson.streams["teacher"])
        assert [words for words in PLANS[named[1]] if words not in said] == [], (
            lesson.id
        )


@pytest.mark.parametrize("named", TAUGHT, ids=lambda named: "/".join(named))
def test_a_lesson_has_a_worksheet_of_two_pages(named):
    for lesson in edition(named).lessons:
        said = words_of(lesson.streams["worksheet"])
        pages = PAGES_OF_WORKSHEET[named[1]]
        assert [words for words in pages if words not in said] == [], lesson.id


def test_the_sheet_to_keep_beside_the_telephone_is_there_in_leichte_sprache():
    plain = edition(("erste-schritte", "de-simple"))
    lesson = next(each for each in plain.lessons if each.id == "betrug")
    said = words_of(lesson.streams["worksheet"])
    assert "Mein Notfall-Blatt" in said
    assert "116\xa0116" in said.replace("\\xa0", "\xa0")


@pytest.mark.parametrize("blocks", [TOGETHER, MADE], ids=["together", "made"])
@in_each_course
def test_a_course_has_a_step_taken_together_and_something_made(course, blocks):
    lesson_id, name = blocks[course]
    lessons = {each.id: each for each in package(course).original.lessons}
    assert has_block(lessons[lesson_id], name)


@in_each_language
def test_what_is_in_dispute_is_shown_from_several_sides(named):
    assert {
        lesson.id: len(block["value"]["positions"])
        for lesson in edition(named).lessons
        for block in lesson.streams["body"]
        if block["type"] == "perspectives"
    } == DISPUTED[named]


@in_each_course
def test_lessons_lead_to_step_cards_where_they_tell_of_settings(course):
    led_to = {
        lesson.id: len(set(re.findall(r'"card:([\w-]+)"', str(lesson.streams["body"]))))
        for lesson in package(course).original.lessons
    }
    assert {lesson: count for lesson, count in led_to.items() if count} == CARDS[course]


@in_each_language
def test_only_leichte_sprache_is_labelled_as_a_draft(named):
    """Until people of the target group have read it; the words say who has not."""
    notice = edition(named).head.facts["draft_notice"]
    if named[1] == "de-simple":
        assert "noch nicht von Prüf-Lesenden" in notice
    else:
        assert notice == ""


def test_the_course_for_schools_is_about_feeds_and_chat_companions():
    lessons = {each.id: each for each in package("datengrabbing").original.lessons}
    assert has_block(lessons["feeds"], "derfeed")
    assert has_block(lessons["feeds"], "chatfreund")


# --- Facts of a course ----------------------------------------------------------------


@in_each_course
def test_a_course_names_its_competences(course):
    competences = package(course).original.head.facts["competences"]
    named = {framework for framework, codes in competences.items() if codes}
    assert named == FRAMEWORKS[course]


@in_each_course
def test_a_framework_that_does_not_fit_is_left_out_and_not_named_without_codes(course):
    written = yaml.safe_load((LIBRARY / course / "course.yaml").read_text())
    assert set(written["competences"]) == FRAMEWORKS[course]


@in_each_course
def test_a_course_is_reviewed_after_its_day_and_within_a_year(course):
    facts = package(course).original.head.facts
    assert 0 < (facts["review"] - facts["as_of"]).days <= 365


def test_the_course_for_the_town_hall_is_taken_again_every_year():
    facts = package("datenschutz-im-rathaus").original.head.facts
    assert facts["valid_months"] == 12


@in_each_course
def test_somebody_read_a_course_and_said_when(course):
    review = (REVIEWS / f"{course}.md").read_text(encoding="utf-8")
    assert re.search(
        r"^\| \d{1,2}\. \w+ 20\d\d \|.*zweite Lesung", review, re.MULTILINE
    )


# --- The site -------------------------------------------------------------------------


@pytest.mark.parametrize("locale", ["de", "de-simple", "en"])
def test_the_glossary_explains_fifty_terms_that_lead_to_each_other(locale):
    terms = {each["id"]: each["see"] for each in edition(("_site", locale)).terms}
    original = {each["id"]: each["see"] for each in edition(("_site", "de")).terms}
    assert len(terms) >= 50
    assert terms == original
    assert [key for key, see in terms.items() if not set(see) <= set(terms)] == []
    assert [key for key, see in terms.items() if not see] == []


# --- Sources --------------------------------------------------------------------------

#: Where texts name what they rest on: block, its list.
CITING = {"sources": "items", "perspectives": "positions"}


def citations(text: Text) -> list[str]:
    """Return the ids of the sources a text names; "" for one it holds itself."""
    named = [source["shared"] for source in text.facts.get("sources", [])]
    for stream in text.streams.values():
        for block in stream:
            if field := CITING.get(block["type"]):
                entries = block["value"][field]
                named += [list_item(entry)["shared"] for entry in entries]
    return named


def shared_sources() -> dict[str, dict[str, Any]]:
    """Return the shared sources of the library by id."""
    return {each["id"]: each for each in edition(("_site", "de")).sources}


def test_no_text_holds_a_source_of_its_own():
    own = [
        f"{name}/{each.locale}/{text.id}"
        for name in [*COURSES, "_site"]
        for each in package(name).editions
        for text in each.texts
        if "" in citations(text)
    ]
    assert own == []


def test_each_shared_source_is_used():
    used = {
        key
        for name in [*COURSES, "_site"]
        for each in package(name).editions
        for text in each.texts
        for key in citations(text)
    }
    for card in edition(("_site", "de")).cards:
        used.update(card["sources"])
    assert used == set(shared_sources())


def test_each_shared_source_can_be_looked_up_and_is_read_again():
    lacking = [
        key
        for key, source in shared_sources().items()
        if not source["publisher"]
        or not source["url"].startswith("https://")
        or not 0 < (source["review"] - source["accessed"]).days <= 366
    ]
    assert lacking == []


def test_a_law_is_one_source_and_no_address_stands_twice():
    sources = shared_sources()
    sections = re.compile(r"§|\b(Artikel|Absatz|Anhang)\b")
    named = [key for key, each in sources.items() if sections.search(each["title"])]
    assert named == []
    addresses = Counter(each["url"] for each in sources.values())
    assert [url for url, count in addresses.items() if count > 1] == []


@in_each_language
def test_a_translated_lesson_rests_on_sources_of_its_original(named):
    """Leichte Sprache says less and may rest on fewer; English says the same."""
    name, locale = named
    originals = {each.id: each for each in package(name).original.lessons}
    for lesson in edition(named).lessons:
        before, now = citations(originals[lesson.id]), citations(lesson)
        if locale == "de-simple":
            assert set(now) <= set(before), lesson.id
        else:
            assert now == before, lesson.id
