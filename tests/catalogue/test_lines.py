"""Editors type goals, sources and competences as lines, not as JSON."""

import pytest
from django.core.exceptions import ValidationError

from courses.catalogue import lines
from courses.catalogue.fields import LinesFormField

SOURCE = {
    "title": "DSGVO",
    "publisher": "EU",
    "url": "https://eur-lex.europa.eu/",
    "accessed": "2026-11-23",
}

SHARED = {
    "shared": "dsgvo",
    "title": "",
    "publisher": "",
    "url": "",
    "accessed": None,
}


@pytest.mark.parametrize(
    ("form", "value"),
    [
        (lines.WORDS, ["Redaktion", "Redaktion Hellingen"]),
        (lines.GOALS, [{"id": "spuren", "text": "Ich kann: zeigen, was …"}]),
        (lines.SOURCES, [SOURCE, {**SOURCE, "url": "", "accessed": None}]),
        (lines.SOURCES, [SHARED, {"shared": "dsgvo", **SOURCE}]),
        (lines.COMPETENCES, {"digcomp": ["4.2", "2.6"], "mkr": ["1.4"]}),
        (lines.CHANGES, [{"month": "2026-11", "text": "Neu: die Frist"}]),
        (lines.WORDS, []),
        (lines.COMPETENCES, {}),
    ],
)
def test_what_is_shown_is_read_back(form, value) -> None:
    field = LinesFormField(form, required=False)
    assert field.clean(field.prepare_value(value)) == value


@pytest.mark.parametrize(
    ("form", "typed", "message"),
    [
        (lines.GOALS, "spuren: Ich kann\nohne Doppelpunkt", "Zeile 2"),
        (lines.SOURCES, "Nur ein Titel", "Titel | herausgebende"),
        (lines.SOURCES, "T | H | ftp://x | 2026-11-23", "https://"),
        (lines.SOURCES, "T | H | https://x.de | 2026-99-99", "Jahr-Monat-Tag"),
        (lines.CHANGES, "November: neue Lektion", "Jahr-Monat"),
        (lines.CHANGES, "2026-13: neue Lektion", "Jahr-Monat"),
        (lines.CHANGES, "2026-11:", "Jahr-Monat"),
        (lines.COMPETENCES, "digcamp: 4.2", "digcomp"),
        (lines.COMPETENCES, "digcomp: 9.9", "9.9"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(form, typed, message) -> None:
    with pytest.raises(ValidationError, match="Zeile") as caught:
        LinesFormField(form).clean(typed)
    assert message in str(caught.value)
