"""A table as a file: CSV (RFC 4180) and OpenDocument spreadsheet (ISO/IEC 26300). Pure.

An ``.ods`` of a few columns is a zip of three small files; no library for it is kept
up any more. Text only: what looks like a formula stays text in both.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

from .lists import FORMULA, printable

MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
#: Files of equal content are equal: a time stamp would tell when they were made.
NEW_YEAR = (1980, 1, 1, 0, 0, 0)

MANIFEST = f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
 manifest:version="1.2">
<manifest:file-entry manifest:full-path="/" manifest:media-type="{MIMETYPE}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
</manifest:manifest>"""

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
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        # The kind comes first and as it is, so that it can be read without unpacking.
        _add(archive, "mimetype", MIMETYPE, zipfile.ZIP_STORED)
        _add(archive, "content.xml", CONTENT % (quoteattr(printable(title)), lines))
        _add(archive, "META-INF/manifest.xml", MANIFEST)
    return file.getvalue()


def _cells(row: Sequence[str]) -> str:
    return "".join(
        '<table:table-cell office:value-type="string">'
        f"<text:p>{escape(printable(cell))}</text:p></table:table-cell>"
        for cell in row
    )


def _add(
    archive: zipfile.ZipFile,
    name: str,
    text: str,
    how: int = zipfile.ZIP_DEFLATED,
) -> None:
    info = zipfile.ZipInfo(name, NEW_YEAR)
    info.compress_type = how
    archive.writestr(info, text.encode())
