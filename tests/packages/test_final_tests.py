"""A final test travels as ``test.md`` and is treated like any lesson."""

from itertools import product

import pytest

from courses.models import CoursePage, FinalTestPage
from courses.packages.exporter import export_course
from courses.packages.importer import import_packages
from courses.packages.problems import PackageError
from courses.packages.reader import read_package, read_terms
from courses.packages.writer import write_package

HEAD = """\
---
title: Abschlusstest
summary: Was ist geblieben?
intro: |
  Hier geht es um {term}`Cookies <cookie>`.

  Mehr steht [im Tag](lesson:spuren/tag).
minutes: 15
per_goal: 1
pass_mark: 60
attempts: 3
---
"""
QUESTION = """
:::{{single-choice}} {key}
question: {words} {number}?
options:
  - text: Falsch {number}
    feedback: Nein.
  - text: Richtig {number}
    correct: true
    feedback: Ja.
goal: {goal}
{more}:::
"""


def question(number, *, goal="erkennen", reserved=False, words="Frage"):
    more = "reserved: true\n" if reserved else ""
    key = f"frage-{number}"
    return QUESTION.format(key=key, number=number, goal=goal, words=words, more=more)


TEST = HEAD + question(1) + question(2) + question(3, reserved=True)
ENGLISH = (
    "---\ntitle: Final test\n---\n"
    + question(1, words="Question")
    + question(2, words="Question")
    + question(3, reserved=True, words="Question")
)


@pytest.fixture
def tested(course):
    """The course with a final test in German and English."""
    course.write("test.md", TEST)
    course.write("en/test.md", ENGLISH)
    return course


@pytest.fixture
def imported(db, site, tested):
    return import_packages([site.root, tested.root])


def page(language="de"):
    return FinalTestPage.objects.get(locale__language_code=language)


def edit_in_cms(title):
    draft = page().get_latest_revision_as_object()
    draft.title = title
    draft.save_revision().publish()


def files_of(root):
    return {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
        for path in root.rglob("*.md")
    }


# --- Reading and checking -----------------------------------------------------------


def test_a_complete_test_has_no_problems(problems_of, site, tested):
    assert problems_of(site, tested) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "per_goal: 1",
            "per_goal: 2",
            [
                "spuren/test.md:9: „per_goal“: Zum Ziel „erkennen“ gibt es 2 offene "
                "Fragen, es braucht 4: 2-mal so viele, wie gezogen werden (2).",
                "spuren/test.md:9: „per_goal“: Zum Ziel „erkennen“ gibt es eine "
                "zurückgehaltene Frage, es braucht 2: so viele, wie gezogen werden.",
            ],
        ),
        (
            "reserved: true",
            "reserved: ja",
            ["spuren/test.md:45: Hier steht „true“ oder „false“, nicht „ja“."],
        ),
        (
            "goal: erkennen\nreserved",
            "goal: fremd\nreserved",
            [
                "spuren/test.md:44: Der Kurs hat kein Lernziel „fremd“. Es gibt: "
                "erkennen.",
            ],
        ),
        (
            "goal: erkennen\nreserved",
            "reserved",
            ["spuren/test.md:36: Das Feld „goal“ fehlt oder ist leer."],
        ),
        (
            "pass_mark: 60\n",
            "",
            ["spuren/test.md:2: Das Feld „pass_mark“ fehlt oder ist leer."],
        ),
        (
            "lesson:spuren/tag",
            "lesson:spuren/gestern",
            [
                "spuren/test.md:7: Die Lektion „spuren/gestern“ (Kurs/Lektion) gibt "
                "es nicht."
            ],
        ),
        ("slug", "slug", None),
    ],
)
def test_slips_are_named_with_file_line_and_field(
    problems_of, site, tested, old, new, told
):
    if told is None:
        tested.edit("test.md", "title: Abschluss", "slug: anders\ntitle: Abschluss")
        assert "Das Feld „slug“ gibt es hier nicht" in problems_of(site, tested)[0]
        return
    tested.edit("test.md", old, new)
    tested.delete("en/test.md")

    assert problems_of(site, tested) == told


def test_a_block_that_is_no_question_is_refused(problems_of, site, tested):
    tested.edit(
        "test.md",
        "\n:::{single-choice} frage-2",
        "\nText.\n\n:::{lines} 3\n:::\n\n:::{single-choice} frage-2",
    )

    told = [line.partition(".md:")[2] for line in problems_of(site, tested)]
    assert told[0] == "25: Hier stehen nur Blöcke, kein Text."
    assert told[1].startswith("27: Den Block {lines} gibt es hier nicht.")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("} frage-2", "} frage-9", "en/test.md:1: Die Aufgaben weichen"),
        ("reserved: true\n", "", "Die Aufgabe „frage-3“ ist anders gebaut"),
        (
            "title: Final test\n",
            "title: Final test\npass_mark: 10\n",
            "en/test.md:3: Eine Übersetzung hat die Regeln ihres Originals, "
            "pass_mark: 60.",
        ),
    ],
)
def test_a_translation_is_built_like_its_original(
    problems_of, site, tested, old, new, told
):
    tested.edit("en/test.md", old, new)

    assert told in "\n".join(problems_of(site, tested))


def test_a_translation_alone_is_refused(problems_of, site, tested):
    tested.delete("test.md")

    assert any(
        "en/test.md:1: Das Original hat keinen Abschlusstest" in line
        for line in problems_of(site, tested)
    )


@pytest.mark.parametrize("field", ["id", "slug"])
def test_no_lesson_is_called_like_the_test(problems_of, site, course, field):
    course.edit("02-nacht.md", f"{field}: nacht", f"{field}: abschlusstest")

    assert any(
        "02-nacht.md" in line and "ist der Name des Abschlusstests" in line
        for line in problems_of(site, course)
    )


# --- Importing ----------------------------------------------------------------------


def test_it_becomes_the_last_page_of_its_course(imported):
    test = page()
    course = CoursePage.objects.get(locale__language_code="de")

    assert test.get_parent().pk == course.pk
    assert (test.slug, test.package_id, test.live) == (
        "abschlusstest", "abschlusstest", True,
    )  # fmt: skip
    assert (test.per_goal, test.pass_mark, test.attempts, test.minutes) == (
        1, 60, 3, 15,
    )  # fmt: skip
    assert [item["reserved"] for item in test.pool_items] == [False, False, True]
    assert '<a linktype="glossary" id="cookie">Cookies</a>' in test.intro
    assert 'linktype="page"' in test.intro


def test_a_translation_shares_key_rules_and_questions(imported):
    german, english = page(), page("en")

    assert english.translation_key == german.translation_key
    assert (english.pass_mark, english.attempts) == (60, 3)
    assert [b.id for b in english.pool] == [b.id for b in german.pool]
    assert english.pool_items == german.pool_items


def test_identity_follows_from_the_course_alone(imported, site, tested):
    before = (page().translation_key, [block.id for block in page().pool])
    CoursePage.objects.all().delete()
    import_packages([site.root, tested.root])

    assert (page().translation_key, [block.id for block in page().pool]) == before


def test_a_second_run_changes_nothing(imported, site, tested):
    outcome = import_packages([site.root, tested.root])

    assert (outcome.created, outcome.updated, outcome.left) == ([], [], [])
    assert page().revisions.count() == 1


def test_an_edited_file_updates_the_test_alone(imported, site, tested):
    tested.edit("test.md", "Falsch 1", "Ganz falsch")

    outcome = import_packages([site.root, tested.root])
    assert outcome.updated == ["spuren/de/abschlusstest"]


def test_goals_and_questions_that_change_together_are_imported(imported, site, tested):
    goal = "  - id: handeln\n    text: Ich kann handeln.\n"
    english = "  - id: handeln\n    text: I can act.\n"
    tested.edit("course.yaml", "competences:", f"{goal}competences:")
    tested.edit("en/course.yaml", "image_alt:", f"{english}image_alt:")
    more = [question(4, goal="handeln"), question(5, goal="handeln")]
    more.append(question(6, goal="handeln", reserved=True))
    for name in ("test.md", "en/test.md"):
        text = (tested.root / name).read_text(encoding="utf-8")
        tested.write(name, text + "".join(more))

    for draft in (True, False):
        outcome = import_packages([site.root, tested.root], draft=draft)
        assert "spuren/de/abschlusstest" in outcome.updated
    assert len(page().pool_items) == 6


@pytest.mark.parametrize(("take", "title"), [("package", "Datei"), ("cms", "CMS")])
def test_a_test_that_both_changed_is_decided_like_a_lesson(
    imported, site, tested, take, title
):
    edit_in_cms("CMS")
    tested.edit("test.md", "title: Abschlusstest", "title: Datei")

    with pytest.raises(PackageError, match="haben sich beide"):
        import_packages([site.root, tested.root])
    import_packages([site.root, tested.root], take=take)
    assert page().title == title


def test_a_test_edited_in_the_cms_is_left_and_reported(imported, site, tested):
    edit_in_cms("Vom Redakteur")

    outcome = import_packages([site.root, tested.root])
    assert [name for name, _difference in outcome.left] == ["spuren/de/abschlusstest"]


def test_a_test_unpublished_in_the_cms_stays_so(imported, site, tested):
    page().unpublish()
    tested.edit("test.md", "Falsch 1", "Ganz falsch")

    outcome = import_packages([site.root, tested.root])
    assert [name for name, _difference in outcome.left] == ["spuren/de/abschlusstest"]
    assert not page().live


def test_a_test_that_left_the_package_is_unpublished_and_comes_back(
    imported, site, tested
):
    for name in ("test.md", "en/test.md"):
        tested.delete(name)
    outcome = import_packages([site.root, tested.root])
    assert sorted(outcome.unpublished) == [
        "spuren/de/abschlusstest", "spuren/en/abschlusstest",
    ]  # fmt: skip

    tested.write("test.md", TEST)
    import_packages([site.root, tested.root])
    assert page().live
    assert not page("en").live


# --- Exporting ----------------------------------------------------------------------


def test_it_comes_out_as_it_was_written(imported, site, tested, tmp_path):
    export_course(slug="spuren", path=tmp_path / "aus")

    loaded = read_package(tested.root, terms=read_terms([site.root]))
    canonical = write_package(loaded.package)
    written = files_of(tmp_path / "aus")
    for name in ("test.md", "en/test.md"):
        assert written[name] == canonical[name]
    assert "pass_mark" not in written["en/test.md"]
    assert "reserved: true" in written["test.md"]
    outcome = import_packages([tmp_path / "aus"])
    assert (outcome.created, outcome.updated, outcome.left) == ([], [], [])


def test_a_test_made_in_the_cms_is_exported_and_taken_up_again(
    db, site, course, tmp_path
):
    import_packages([site.root, course.root])
    parent = CoursePage.objects.get(locale__language_code="de")
    options = [
        {"text": "A", "correct": True, "feedback": "Ja."},
        {"text": "B", "correct": False, "feedback": "Nein."},
    ]
    made = FinalTestPage(
        title="Probe",
        per_goal=1,
        locale=parent.locale,
        pool=[
            (
                "single_choice",
                {
                    "key": key,
                    "question": "Was?",
                    "options": options,
                    "goal": "erkennen",
                },
            )
            for key in ("eins", "zwei")
        ],
    )
    parent.add_child(instance=made)
    made.save_revision().publish()
    export_course(slug="spuren", path=tmp_path / "aus")

    outcome = import_packages([tmp_path / "aus"])
    assert outcome.created == []
    assert FinalTestPage.objects.count() == 1


@pytest.mark.parametrize(("per_goal", "attempts"), list(product((1, 2), (0, 4))))
def test_what_is_written_reads_the_same_again(
    db, site, course, tmp_path, per_goal, attempts
):
    questions = "".join(question(number) for number in range(2 * per_goal))
    head = HEAD.replace("per_goal: 1", f"per_goal: {per_goal}")
    head = head.replace("attempts: 3", f"attempts: {attempts}")
    course.write("test.md", head + questions)
    terms = read_terms([site.root])
    first = read_package(course.root, terms=terms)
    assert first.problems == []
    for name, text in write_package(first.package).items():
        course.write(name, text)

    again = read_package(course.root, terms=terms)
    assert again.problems == []
    assert again.package.original.test.facts == first.package.original.test.facts
    assert again.package.original.test.streams == first.package.original.test.streams
