"""Spelling: what is asked, what the lists allow, and what happens without hunspell."""

import pytest

from courses.packages.strict.spelling import missing_programs
from courses.packages.strict.word_list import WordList, tokens

from .conftest import needs_hunspell


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Die Wetter-App fragt.", ["Die", "Wetter-App", "fragt"]),
        (
            "Mehr auf https://example.org/weg und info@example.org.",
            ["Mehr", "auf", "und"],
        ),
        ("Auf example.org lesen", ["Auf", "lesen"]),
        ("Unter „/gruppen/raum/“ geht es weiter", ["Unter", "geht", "es", "weiter"]),
        ("Wetter und/oder Wind", ["Wetter", "und", "oder", "Wind"]),
        ("Frag {{wen}} um 8 Uhr, kim_07!", ["Frag", "um", "Uhr"]),
        ("Meinungs- und Redefreiheit", ["und", "Redefreiheit"]),
        ("Schüler:innen", ["Schüler", "innen"]),
    ],
)
def test_only_words_are_asked_for(text, found):
    assert list(tokens(text)) == found


def test_a_listed_word_may_take_an_ending():
    listed = WordList(frozenset(["Lena", "Handyvertrag"]))

    assert listed.has("Lenas")
    assert listed.has("Handyvertrags")
    assert not listed.has("Lenaa")


def test_words_that_no_text_has_any_more_are_named():
    listed = WordList(frozenset(["Lena", "Emre", "Bus"]))

    assert listed.unused(["Lenas Handy", "im Bus-Netz"]) == {"Emre"}


@needs_hunspell
def test_a_misspelled_word_is_found_in_its_line(course, add, found):
    course.write("words.de.txt", "App\nHellingen\nLena\n")
    assert [each for each in found(spelling=True) if not each.startswith("en/")] == []

    add("Das Händi liegt da.\n\nDas Händi ist neu.")
    [finding] = [each for each in found(spelling=True) if not each.startswith("en/")]
    lines = (course.root / "01-tag.md").read_text(encoding="utf-8").split("\n")
    line = lines.index("Das Händi liegt da.") + 1
    assert finding.startswith(f"01-tag.md:{line}: Das Wörterbuch kennt „Händi“ nicht.")
    assert "words.de.txt" in finding


@needs_hunspell
@pytest.mark.parametrize(
    "text",
    [
        "Das ist {en}`quite a sentence`.",
        "Das sind Cookies.",
        "Das ist Daten-Schutz und mit-lesen.",
        "Das ist auf [dieser Seite](https://example.org/xyzzy).",
    ],
)
def test_foreign_words_terms_and_parted_words_are_right(course, add, found, text):
    course.write("words.de.txt", "App\nHellingen\nLena\n")
    add(text)

    assert [each for each in found(spelling=True) if not each.startswith("en/")] == []


@needs_hunspell
def test_the_list_of_the_site_counts_for_every_course(course, site, found):
    site.write("words.de.txt", "App\nHellingen\nLena\n")

    assert [each for each in found(spelling=True) if not each.startswith("en/")] == []


def test_without_hunspell_the_packages_to_install_are_named(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))

    assert missing_programs(["de", "en", "de"]) == [
        "hunspell", "hunspell-de-de", "hunspell-en-gb",
    ]  # fmt: skip
