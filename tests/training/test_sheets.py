"""Tables as files that spreadsheets read, and that run nothing there."""

import csv
import io
import zipfile
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from courses.training import sheets
from courses.training.opendocument import NEW_YEAR

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}p"
CELLS = st.text(
    st.characters(min_codepoint=32, exclude_categories=["Cs"]), max_size=20
).filter(lambda text: "\ufffe" not in text and "\uffff" not in text)


def test_a_formula_stays_text() -> None:
    rows = [["=1+1", "+49", "-1", "@x", "a=b"]]
    text = sheets.to_csv(rows).decode("utf-8-sig")
    [read] = csv.reader(io.StringIO(text), delimiter=";")
    assert read == ["'=1+1", "'+49", "'-1", "'@x", "a=b"]
    assert b'office:value-type="string"><text:p>=1+1<' in _content(rows)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=2), max_size=5))
def test_an_ods_holds_what_was_put_in(rows: list[list[str]]) -> None:
    tree = ElementTree.fromstring(_content(rows))  # noqa: S314 - our own file
    found = ["".join(cell.itertext()) for cell in tree.iter(TEXT)]
    assert found == [cell for row in rows for cell in row]


def test_a_sign_that_no_file_can_hold_is_left_out() -> None:
    tree = ElementTree.fromstring(_content([["Kim\x08", "L\uffffou"]]))  # noqa: S314
    assert ["".join(cell.itertext()) for cell in tree.iter(TEXT)] == ["Kim", "Lou"]


def test_an_ods_names_its_kind_first_and_no_time() -> None:
    with zipfile.ZipFile(io.BytesIO(sheets.to_ods("Wer <ist> „fällig“?", []))) as file:
        first = file.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", 0)
        assert file.read("mimetype").decode() == sheets.MIMETYPE
        assert {info.date_time for info in file.infolist()} == {NEW_YEAR}


def _content(rows: list[list[str]]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(sheets.to_ods("Liste", rows))) as file:
        return file.read("content.xml")
