"""What a foreign file may be, in one place, and reading it within these limits."""

import io
import zipfile
from pathlib import PurePosixPath
from typing import Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext as _

from .results import QuestionFileError

#: A question bank of a thousand questions with pictures stays below it.
MOST_BYTES: Final = 5 * 1024 * 1024
#: A lesson with more exercises is no lesson; it also bounds the work of one upload.
MOST_QUESTIONS: Final = 500
#: Real files nest about twelve deep; deeper ones want to exhaust the reader.
DEEPEST: Final = 60
MOST_FILES: Final = 1000
MOST_UNPACKED: Final = 20 * 1024 * 1024
#: Text packs to a fifth; what packs a hundred times better is a bomb.
BEST_RATIO: Final = 100


def check_size(content: bytes) -> None:
    """Refuse what is empty or too large."""
    if not content.strip():
        raise QuestionFileError(_("The file is empty."))
    if len(content) > MOST_BYTES:
        raise QuestionFileError(
            _("The file is larger than %(size)d MB. Please split it.")
            % {"size": MOST_BYTES // 1024**2}
        )


def text_of(content: bytes) -> str:
    """Return a file's text, which has to be UTF-8."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise QuestionFileError(
            _(
                "The file is not encoded in UTF-8. Please save it as UTF-8 and try "
                "again."
            )
        ) from error
    if "\0" in text:
        raise QuestionFileError(_("This is not a text file."))
    return text


def xml_of(content: bytes) -> Element:
    """Parse XML without entities of its own, and not nested too deeply."""
    _check_nesting(content)
    try:
        root: Element = fromstring(content, forbid_dtd=True)
    except DefusedXmlException as error:
        raise QuestionFileError(
            _(
                "The file declares entities or a document type. That is not allowed "
                "here."
            )
        ) from error
    except (ParseError, ValueError, LookupError) as error:
        raise QuestionFileError(
            _("The file is not well-formed XML: %(problem)s") % {"problem": error}
        ) from error
    return root


def members_of(content: bytes) -> dict[str, bytes]:
    """Return the XML files of a zip archive by name; nothing is written to disk."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [e for e in archive.infolist() if not e.is_dir()]
            _check_entries(entries)
            return {
                entry.filename: _unpacked(archive, entry)
                for entry in entries
                if entry.filename.lower().endswith(".xml")
            }
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise QuestionFileError(
            _("The archive is damaged or protected by a password.")
        ) from error


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_FILES:
        raise QuestionFileError(_("The archive holds too many files."))
    for entry in entries:
        path = PurePosixPath(entry.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in entry.filename:
            raise QuestionFileError(
                _("The archive holds a file outside of its own folder: %(name)s")
                % {"name": entry.filename[:80]}
            )
    total = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    if total > MOST_UNPACKED or total / packed > BEST_RATIO:
        raise QuestionFileError(_("The archive is too large when unpacked."))


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Read one file; what its header says of its size is not believed."""
    with archive.open(entry) as file:
        try:
            content = file.read(MOST_BYTES + 1)
        except (zipfile.BadZipFile, EOFError, OSError, ValueError) as error:
            raise QuestionFileError(_("The archive is damaged.")) from error
        except Exception as error:  # zlib.error has no public base class of its own
            if type(error).__module__ == "zlib":
                raise QuestionFileError(_("The archive is damaged.")) from error
            raise
    if len(content) > MOST_BYTES:
        raise QuestionFileError(_("The archive is too large when unpacked."))
    return content


def _check_nesting(content: bytes) -> None:
    """Refuse deep nesting before a parser recurses; a rough count is enough."""
    depth = deepest = 0
    at = content.find(b"<")
    while at >= 0:
        if content.startswith(b"<![CDATA[", at):
            at = content.find(b"]]>", at)
        elif content.startswith(b"<!--", at):
            at = content.find(b"-->", at)
        elif content.startswith(b"</", at):
            depth -= 1
        elif content[at + 1 : at + 2].isalpha():
            end = content.find(b">", at)
            if end < 0:
                return
            if content[end - 1 : end] != b"/":
                depth += 1
                deepest = max(deepest, depth)
        if at < 0 or deepest > DEEPEST:
            break
        at = content.find(b"<", at + 1)
    if deepest > DEEPEST:
        raise QuestionFileError(_("The file is nested too deeply."))
