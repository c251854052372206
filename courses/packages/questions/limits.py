"""What a foreign file may be, in one place, and reading it within these limits."""

import io
import lzma
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Any, Final
from xml.etree.ElementTree import Element, ParseError, TreeBuilder
from xml.parsers.expat import errors

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser
from django.utils.translation import gettext as _

from .results import QuestionFileError, QuestionTextError, TooMuchError

#: A question bank of a thousand questions with pictures stays below it.
MOST_BYTES: Final = 5 * 1024 * 1024
#: A lesson with more exercises is no lesson; it also bounds the work of one upload.
MOST_QUESTIONS: Final = 500
#: Real files nest about twelve deep; deeper ones want to exhaust the reader.
DEEPEST: Final = 60
#: Elements in all XML of a file: five hundred questions have fifty thousand.
MOST_ELEMENTS: Final = 60_000
#: Characters in one text of a question; no learner reads a tenth of it.
MOST_TEXT: Final = 50_000
#: Characters in all texts of a file: what is read takes time, pictures do not count.
MOST_WORDS: Final = 500_000
#: Tags in all texts of a file: each is worth hundreds of characters to a parser.
MOST_TAGS: Final = 40_000
#: Answers of one question; our types take fewer.
MOST_ANSWERS: Final = 24
#: Pixels of all pictures; the CMS takes as many in one (``WAGTAILIMAGES_MAX_IMAGE_…``).
MOST_PIXELS: Final = 40_000_000
#: What is read of an archive: items, their manifest, and pictures that browsers show.
READ: Final = (".xml", ".png", ".jpg", ".jpeg", ".gif", ".webp")
MOST_FILES: Final = 1000
MOST_UNPACKED: Final = 20 * 1024 * 1024
#: Text packs to a fifth; what packs a hundred times better is a bomb.
BEST_RATIO: Final = 100
#: The others may ask for gigabytes before the first byte is out.
PACKINGS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
#: What ``zipfile`` says of a file that is damaged, locked or packed in a strange way.
DAMAGED: Final = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError,
    OverflowError, NotImplementedError, RuntimeError, LookupError,
)  # fmt: skip
STRANGE_ENCODINGS: Final = frozenset(
    errors.codes[message]
    for message in (
        errors.XML_ERROR_UNKNOWN_ENCODING,
        errors.XML_ERROR_INCORRECT_ENCODING,
    )
)


def check_size(content: bytes) -> None:
    """Refuse what is empty or too large."""
    if not content.strip():
        raise QuestionFileError(_("The file is empty."))
    if len(content) > MOST_BYTES:
        raise QuestionFileError(
            _("The file is larger than %(size)d MB. Please split it.")
            % {"size": MOST_BYTES // 1024**2}
        )


def check_count(count: int) -> None:
    """Refuse too many questions, before the first of them is read."""
    if count > MOST_QUESTIONS:
        raise TooMuchError(
            _("This file holds more than %(count)d questions. Please split it.")
            % {"count": MOST_QUESTIONS}
        )


def check_elements(count: int) -> None:
    """Refuse more elements than the parts of a package may have together."""
    if count > MOST_ELEMENTS:
        raise TooMuchError(_("The file has too many elements. Please split it."))


def check_words(texts: Iterable[str]) -> None:
    """Refuse more text than can be read in a second or two."""
    sizes = [(len(text), text.count("<")) for text in texts]
    too_long = sum(length for length, _tags in sizes) > MOST_WORDS
    if too_long or sum(tags for _length, tags in sizes) > MOST_TAGS:
        raise TooMuchError(
            _("The texts of this file are too long together. Please split it.")
        )


def check_text(text: str) -> None:
    """Refuse a single text that is too long."""
    if len(text) > MOST_TEXT:
        raise QuestionTextError(
            _("A text of it has more than %(count)d characters. Please shorten it.")
            % {"count": MOST_TEXT}
        )


def check_answers(count: int) -> None:
    """Refuse a question with so many answers that none of our types can hold them."""
    if count > MOST_ANSWERS:
        raise QuestionTextError(
            _("It has more than %(count)d answers.") % {"count": MOST_ANSWERS}
        )


def text_of(content: bytes) -> str:
    """Return a file's text, which has to be UTF-8."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise QuestionFileError(_not_utf_8()) from error
    if "\0" in text:
        raise QuestionFileError(_("This is not a text file."))
    return text


def xml_of(content: bytes) -> Element:
    """Parse XML without entities of its own, not too large and not too deep."""
    parser = DefusedXMLParser(target=_Bounded(), forbid_dtd=True)
    try:
        parser.feed(content)
        root: Element = parser.close()
    except DefusedXmlException as error:
        raise QuestionFileError(
            _(
                "The file declares entities or a document type. That is not allowed "
                "here."
            )
        ) from error
    except ParseError as error:
        if error.code in STRANGE_ENCODINGS:
            raise QuestionFileError(_not_utf_8()) from error
        raise QuestionFileError(
            _(
                "The XML is damaged or cut off in line %(line)d, or not encoded as it "
                "says. Please export it again."
            )
            % {"line": error.position[0]}
        ) from error
    except (ValueError, LookupError) as error:
        raise QuestionFileError(_not_utf_8()) from error
    return root


class _Bounded(TreeBuilder):
    """Builds the tree, and stops where it grows too large or too deep."""

    def __init__(self) -> None:
        super().__init__()
        self.elements = self.depth = 0

    def start(self, tag: Any, attrs: Any, /) -> Element:
        self.elements += 1
        self.depth += 1
        if self.depth > DEEPEST:
            raise QuestionFileError(_("The file is nested too deeply."))
        check_elements(self.elements)
        return super().start(tag, attrs)

    def end(self, tag: Any, /) -> Element:
        self.depth -= 1
        return super().end(tag)


def _not_utf_8() -> str:
    return _("The file is not encoded in UTF-8. Please save it as UTF-8 and try again.")


def members_of(content: bytes) -> dict[str, bytes]:
    """Return XML and pictures of a zip archive by name; nothing is written to disk."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [e for e in archive.infolist() if not e.is_dir()]
            _check_entries(entries)
            return {
                entry.filename: _unpacked(archive, entry)
                for entry in entries
                if entry.filename.lower().endswith(READ)
            }
    except DAMAGED as error:
        raise QuestionFileError(
            _("The archive is damaged or protected by a password.")
        ) from error


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_FILES:
        raise QuestionFileError(_("The archive holds too many files."))
    for entry in entries:
        if entry.compress_type not in PACKINGS:
            raise QuestionFileError(
                _("The archive is packed in an unusual way. Please pack it as zip.")
            )
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
        content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise QuestionFileError(_("The archive is too large when unpacked."))
    return content
