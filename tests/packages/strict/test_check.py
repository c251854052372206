"""The command, the limits and the shipped lists of words."""

import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from courses.packages.strict.check import (
    OF_DRAWINGS,
    OF_EDITIONS,
    OF_SHEETS,
    SPELLING,
)
from courses.packages.strict.limits import (
    EVERYWHERE,
    all_limits,
    exemptions,
    limits_for,
)
from courses.packages.strict.word_list import WordList

LIBRARY = Path(settings.LIBRARY_DIR)
LISTS = sorted(LIBRARY.glob("*/words.*.txt"))


@pytest.fixture
def course(course):
    """The course without Leichte Sprache, for which the site here has no pages."""
    shutil.rmtree(course.root / "de-simple")
    return course


def run(*arguments):
    out = StringIO()
    try:
        call_command("check_course", *map(str, arguments), stdout=out)
    except CommandError as error:
        return out.getvalue(), str(error)
    return out.getvalue(), ""


def test_strict_findings_are_printed_and_fail(db, course, site, add, monkeypatch):
    monkeypatch.setenv("PATH", "")
    add("Lena " + "und Emre " * 13 + "lesen.")

    said, error = run("--strict", site.root, course.root)

    assert f"{course.root}/01-tag.md:" in said
    assert "hat 28 Wörter" in said
    assert error == "Probleme: 1."


def test_without_strict_language_is_no_problem(db, course, site, add):
    add("Lena " + "und Emre " * 13 + "lesen.")

    assert run(site.root, course.root)[1] == ""


def test_a_missing_program_is_said_and_no_failure(db, course, site, monkeypatch):
    monkeypatch.setenv("PATH", "")

    said, error = run("--strict", site.root, course.root)

    assert error == ""
    assert said.splitlines()[-2:] == [
        "Die Rechtschreibung ist nicht vollständig geprüft. Dafür braucht es unter "
        "Debian und Ubuntu: apt-get install hunspell hunspell-de-de hunspell-en-gb",
        "Kein Problem gefunden.",
    ]


def test_each_limit_has_a_measure_a_reason_and_a_source():
    measures = {*OF_SHEETS, *OF_EDITIONS, *OF_DRAWINGS}
    used = {name for entries in all_limits().values() for name in entries}

    assert used == measures
    for entries in all_limits().values():
        for limit in entries.values():
            assert limit.value >= 0
            assert limit.why.endswith(".")
            assert limit.source


def test_what_is_exempt_is_a_file_of_the_site_and_has_a_reason():
    for each in exemptions():
        assert each.why.endswith(".")
        assert set(each.measures) <= {*OF_SHEETS, *OF_EDITIONS, SPELLING}
        assert all((LIBRARY / "_site" / file).is_file() for file in each.files)


def test_a_language_without_limits_of_its_own_has_those_of_all():
    assert limits_for("nl") == all_limits()[EVERYWHERE]
    assert set(limits_for("de")) > set(limits_for("nl"))


@pytest.mark.parametrize(
    "file", LISTS, ids=lambda file: f"{file.parent.name}/{file.name}"
)
def test_words_of_a_list_are_sorted_and_still_used(file):
    """A list of a course is for that course, the site's for all."""
    language = file.name.split(".")[1]
    lines = file.read_text(encoding="utf-8").splitlines()
    folders = [file.parent] if file.parent.name != "_site" else LIBRARY.iterdir()
    texts = [
        text.read_text(encoding="utf-8")
        for folder in folders
        for text in folder.glob("**/*")
        if text.suffix in (".md", ".yaml")
        and (text.parent.name == "en") == (language == "en")
    ]

    assert lines == sorted(set(lines))
    assert WordList(frozenset(lines)).unused(texts) == frozenset()
