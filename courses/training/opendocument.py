"""An OpenDocument file (ISO/IEC 26300) as a zip of small files. Pure.

What we write needs a handful of elements, and no library for it is kept up any more
(odfpy: last release in 2020).
"""

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

from .lists import printable

#: Files of equal content are equal: a time stamp would tell when they were made.
NEW_YEAR = (1980, 1, 1, 0, 0, 0)

MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
 manifest:version="1.2">
<manifest:file-entry manifest:full-path="/" manifest:version="1.2"
 manifest:media-type="%s"/>
%s
</manifest:manifest>"""
ENTRY = '<manifest:file-entry manifest:full-path="%s" manifest:media-type="text/xml"/>'


def packed(mimetype: str, files: Mapping[str, str]) -> bytes:
    """Return a document of some kind, made of XML files by name."""
    entries = "\n".join(ENTRY % name for name in files)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        # The kind comes first and as it is, so that it can be read without unpacking.
        _add(archive, "mimetype", mimetype, zipfile.ZIP_STORED)
        for name, text in files.items():
            _add(archive, name, text)
        _add(archive, "META-INF/manifest.xml", MANIFEST % (mimetype, entries))
    return file.getvalue()


def text_of(value: str) -> str:
    """Return a value as the text of an element."""
    return escape(printable(value))


def attribute_of(value: str) -> str:
    """Return a value as an attribute, with its quotation marks."""
    return quoteattr(printable(value))


def _add(
    archive: zipfile.ZipFile,
    name: str,
    text: str,
    how: int = zipfile.ZIP_DEFLATED,
) -> None:
    info = zipfile.ZipInfo(name, NEW_YEAR)
    info.compress_type = how
    archive.writestr(info, text.encode())
