"""A table as a file: CSV (RFC 4180) and OpenDocument spreadsheet (ISO/IEC 26300). Pure.

Text only: what looks like a formula stays text in both.
"""

import csv
import io
from collections.abc import Iterable, Sequence

from .lists import FORMULA
from .opendocument import attribute_of, packed, text_of

MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
CONTENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">
<office:body><office:spreadsheet><table:table table:name=%s>%s</table:table>
</office:spreadsheet></office:body></office:document-content>"""


def to_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows as CSV: UTF-8 with a mark, semicolons, as spreadsheets here read."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";")
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return file.getvalue().encode("utf-8-sig")


def harmless(cell: str) -> str:
    """Return text no spreadsheet program takes for a formula (OWASP)."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def to_ods(title: str, rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows as one sheet of an OpenDocument file."""
    lines = "".join(f"<table:table-row>{_cells(row)}</table:table-row>" for row in rows)
    content = CONTENT % (attribute_of(title), lines)
    return packed(MIMETYPE, {"content.xml": content})


def _cells(row: Sequence[str]) -> str:
    return "".join(
        '<table:table-cell office:value-type="string">'
        f"<text:p>{text_of(cell)}</text:p></table:table-cell>"
        for cell in row
    )
