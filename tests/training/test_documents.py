"""Documents: one text, read from marks, written as OpenDocument text."""

import io
import zipfile
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.training.document import (
    Document,
    Heading,
    Items,
    Paragraph,
    Run,
    Table,
    gap,
    read_parts,
    runs,
)
from courses.training.odt import MIMETYPE, to_odt
from courses.training.opendocument import NEW_YEAR

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
MANIFEST = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}"

TEXTS = st.text(max_size=30)


def document(*parts: Heading | Items | Paragraph | Table) -> Document:
    return Document("Titel", "Vorspann", "Stadt Hellingen", "de", parts)


def opened(content: bytes, name: str = "content.xml") -> ElementTree.Element:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return ElementTree.fromstring(file.read(name))  # noqa: S314 - our own file


def odt_text(content: bytes) -> str:
    """Return what is written in an .odt."""
    paragraphs = [
        "".join(each.itertext())
        for each in opened(content).iter()
        if each.tag in (f"{TEXT}p", f"{TEXT}h")
    ]
    return "\n".join(paragraphs)


# --- Reading --------------------------------------------------------------------------


def test_the_marks_of_a_text_become_parts() -> None:
    text = """## Zweck

Ein Absatz
in zwei Zeilen.

- eins
- zwei
  geht weiter

1. erst
2. dann

### Fristen

| Was | Frist |
| --- | --- |
| Nachweis | drei Jahre |
"""
    assert read_parts(text) == (
        Heading("Zweck", 2),
        Paragraph("Ein Absatz in zwei Zeilen."),
        Items(("eins", "zwei geht weiter")),
        Items(("erst", "dann"), is_numbered=True),
        Heading("Fristen", 3),
        Table("Fristen", ("Was", "Frist"), (("Nachweis", "drei Jahre"),)),
    )


def test_a_list_may_follow_its_sentence_at_once() -> None:
    assert read_parts("Gilt für:\n- alle") == (Paragraph("Gilt für:"), Items(("alle",)))


def test_a_value_is_put_in_and_never_read_for_marks() -> None:
    facts = {"name": "# Amt | {other}", "other": "nie"}
    assert read_parts("Für {name}.", facts) == (Paragraph("Für # Amt | {other}."),)
    cells = read_parts("## T\n\n| A |\n| --- |\n| {name} |", facts)[1]
    assert cells == Table("T", ("A",), (("# Amt | {other}",),))


def test_what_a_program_makes_stands_where_its_mark_is() -> None:
    made = [Paragraph("{braces} stay")]
    parts = read_parts("## A\n\n[[made]]\n\n{a}", {"a": "b"}, {"made": made})
    assert parts == (Heading("A"), made[0], Paragraph("b"))


@pytest.mark.parametrize("text", ["{unknown}", "- {unknown}", "[[unknown]]"])
def test_a_mark_nobody_knows_is_an_error(text: str) -> None:
    with pytest.raises(KeyError):
        read_parts(text, {})


def test_gaps_and_sources_are_told_from_plain_text() -> None:
    assert runs(f"Sitz: {gap('Ort')} (siehe https://gesetz.example/72).") == (
        Run("Sitz: "),
        Run("[auszufüllen: Ort]", "gap"),
        Run(" (siehe "),
        Run("https://gesetz.example/72", "link"),
        Run(")."),
    )


@given(TEXTS)
def test_runs_lose_nothing(text: str) -> None:
    assert "".join(run.text for run in runs(text)) == text


# --- Writing --------------------------------------------------------------------------


def test_the_file_is_what_the_standard_asks_for() -> None:
    content = to_odt(document(Paragraph("a")))
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        infos = file.infolist()
        # ODF 1.2, part 3, 3.3: first, stored, without an extra field.
        assert (infos[0].filename, infos[0].compress_type) == ("mimetype", 0)
        assert infos[0].extra == b""
        assert file.read("mimetype").decode() == MIMETYPE
        names = {info.filename for info in infos}
        assert {info.date_time for info in infos} == {NEW_YEAR}
    listed = {
        each.get(f"{MANIFEST}full-path"): each.get(f"{MANIFEST}media-type")
        for each in opened(content, "META-INF/manifest.xml")
    }
    others = names - {"mimetype", "META-INF/manifest.xml"}
    assert listed == {"/": MIMETYPE} | dict.fromkeys(others, "text/xml")


def test_its_outline_language_and_tables_are_there_for_screen_readers() -> None:
    content = to_odt(
        document(
            Heading("Fristen"),
            Heading("Nachweise", 3),
            Table("Fristen", ("Was", "Frist"), (("Nachweis", "drei Jahre"),)),
            Items(("a", "b"), is_numbered=True),
        )
    )
    body = opened(content)
    outline = [
        (each.get(f"{TEXT}outline-level"), each.text) for each in body.iter(f"{TEXT}h")
    ]
    assert outline == [("1", "Titel"), ("2", "Fristen"), ("3", "Nachweise")]
    [head] = body.iter(f"{TABLE}table-header-rows")
    assert ["".join(cell.itertext()) for cell in head.iter(f"{TABLE}table-cell")] == [
        "Was",
        "Frist",
    ]
    [default] = opened(content, "styles.xml").iter(f"{STYLE}default-style")
    spoken = default.find(f"{STYLE}text-properties")
    assert spoken is not None
    assert (spoken.get(f"{FO}language"), spoken.get(f"{FO}country")) == ("de", "DE")
    assert len(list(body.iter(f"{TEXT}list-item"))) == 2


def test_every_style_that_is_used_is_there() -> None:
    parts = (
        Heading("A"),
        Heading("B", 3),
        Items(("a",)),
        Items(("b",), is_numbered=True),
        Table("T", ("A",), ((gap("Ort"),),)),
    )
    content = to_odt(document(*parts))
    used = {
        value
        for each in opened(content).find(f"{OFFICE}body").iter()  # type: ignore[union-attr]
        for name, value in each.attrib.items()
        if name.endswith("}style-name")
    }
    named = {
        each.get(f"{STYLE}name")
        for file in ("content.xml", "styles.xml")
        for each in opened(content, file).iter()
    }
    assert used - named == set()


@given(TEXTS, TEXTS)
def test_whatever_is_written_the_file_stays_readable(first: str, second: str) -> None:
    parts = (
        Heading(first),
        Items((second,)),
        Table(first, (second,), ((first,),)),
    )
    words = odt_text(to_odt(document(*parts)))
    assert words.startswith("Titel\nVorspann\n")
