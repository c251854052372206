"""A list of people as a city exports it: bytes of CSV in, lines and problems out.

Pure: it knows no database. A list with one problem is not used at all; each problem
names its line, so that all of them can be mended in one go.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from .spelling import plain

MOST_BYTES: Final = 5 * 1024 * 1024
MOST_LINES: Final = 10_000
MOST_PROBLEMS: Final = 100
LONGEST: Final = 120
SEPARATORS: Final = ";,\t"

#: What a spreadsheet program takes for a formula (OWASP, "CSV Injection").
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")

#: What programs write in place of a letter that an encoding does not have.
LOST: Final = "?"

#: Control characters, halves of signs, and what is no sign (XML 1.0, "Char").
UNPRINTABLE: Final = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"
)

#: What a sign of two bytes of UTF-8 becomes when each is read as a sign of its own:
#: "JÃ¶rg", "YÄ±ldÄ±z", "â€“". After "Ä" and "Å" only what ends no quotation either.
TWO_BYTES: Final = re.compile(
    r"\w*(?:[ÂÃ][\x80-\xbfŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]|[ÄÅ][\x80-\x9f±Ÿ‡™¡¾¼½‚„]|â€)[^\s;,]*"
)

#: What umlauts of an old Mac's file become when it is read as Windows' text: a sign
#: before or within a word, or a capital letter in the middle of one.
OLD_MAC: Final = (
    r"\w*(?:[€…†‡ˆ‰](?=[^\W\d_])|(?<=[^\W\d_])(?:§(?=[^\W\d_])|[ŠŽ](?=[a-z]))"
    r"|Ÿ(?=[a-z])|(?<=[a-z])[ŠŽŸ§])\w*"
)

#: What they become of "CSV (MS-DOS)": quotation marks within a word, "™" before one.
OLD_DOS: Final = (
    r"\w*(?:(?<=[^\W\d_])(?:[„‚]|[”“¤](?=[^\W\d_]))|™(?=[^\W\d_]))[\w„‚”“™]*"
)
OLD: Final = re.compile(f"{OLD_MAC}|{OLD_DOS}")

#: What stands for a byte that Windows' text does not know, as "ü" of MS-DOS.
UNKNOWN: Final = re.compile(r"\w*\ufffd[\w\ufffd]*")

#: What "ö" and "ß" of an old Mac, "Ü", "Ä" and "ß" of MS-DOS become where no other sign
#: of a file gives it away: "Matouš", "Žižek", "Žgur", "Adrián" and "Eliás" are names,
#: "Kšhler", "Žrztlich" and "Straáe" are none. Of "Ž" and "á" counts only what no name
#: has: the preview shows wrong letters, but who is refused with right ones is stuck.
ALONE: Final = (
    (frozenset("š§"), re.compile(r"\w*š[\w§]*")),
    (
        frozenset("šŽá"),
        re.compile(r"\w*(?:Ž(?=(?i:mt|nd|nn|pf|rz))|(?<=[aeiou])á(?=e|mann|\b))\w*"),
    ),
)

#: Headings that mean the same, folded: letters only.
COLUMNS: Final[dict[str, frozenset[str]]] = {
    "reference": frozenset(
        "personalnummer personalnr persnr nummer kennung benutzername benutzerkennung "
        "login id staffnumber employeeid employeenumber username reference".split()
    ),
    "name": frozenset("name vollername anzeigename fullname displayname".split()),
    "first_name": frozenset("vorname rufname firstname givenname".split()),
    "last_name": frozenset("nachname familienname lastname surname".split()),
    "unit": frozenset(
        "einheit organisationseinheit oe amt abteilung fachbereich dienststelle team "
        "unit department organisationalunit".split()
    ),
    "email": frozenset(
        "email emailadresse mail mailadresse dienstlicheemail emailaddress".split()
    ),
}


@dataclass(frozen=True)
class Line:
    """A person of the list; ``unit`` is the path from the top of the organisation."""

    reference: str
    name: str
    unit: tuple[str, ...]
    email: str = ""


@dataclass(frozen=True)
class Problem:
    """What is wrong in a line of the file (1 is the heading; 0 is the whole file)."""

    line: int
    text: str


@dataclass
class ReadList:
    """What was read: usable only where there are no problems."""

    lines: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def complain(self, line: int, text: str) -> None:
        """Note a problem."""
        self.problems.append(Problem(line, text))


def read_list(data: bytes) -> ReadList:
    """Read a file; never raises for what is in it."""
    found = ReadList()
    text = _decoded(data, found)
    if not found.problems:
        _read_rows(text, found)
    del found.problems[MOST_PROBLEMS:]
    return found


def _decoded(data: bytes, found: ReadList) -> str:
    """Return the text of a file: UTF-8, UTF-16 with a mark, or Windows' Western one."""
    if len(data) > MOST_BYTES:
        found.complain(0, _("The file is larger than 5 MB. Please divide it."))
        return ""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            continue
        _complain_of_letters(text, found, is_windows=encoding == "cp1252")
        return composed(text)
    if b"\0" not in data:
        text = data.decode("cp1252", "replace")
        _complain_of_letters(text, found, is_windows=True)
    if not found.problems:
        found.complain(
            0,
            _(
                "This is no text file. Please save the table as CSV, in UTF-8, and try "
                "it."
            ),
        )
    return ""


def composed(text: str) -> str:
    """Return text with letters and their marks in one, without signs nobody sees.

    "ö" may be written as "o" and two dots, and a blank of no width may stand anywhere:
    what looks the same is to be the same (Unicode Annex 15, form C; category "Cf").
    """
    whole = unicodedata.normalize("NFC", text)
    return "".join(each for each in whole if unicodedata.category(each) != "Cf")


def _complain_of_letters(text: str, found: ReadList, *, is_windows: bool) -> None:
    """Name the first line in which letters are others than were meant.

    Text that was not UTF-8 can be read as Windows' whatever it was. A rare letter may
    be meant, but not where no other letter of the file has a mark: German lists have
    umlauts.
    """
    marked = {each for each in text if not each.isascii()}
    signs = [TWO_BYTES]
    if is_windows:
        signs += [UNKNOWN, OLD, *(sign for letters, sign in ALONE if marked <= letters)]
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        wrong = next((hit for sign in signs if (hit := sign.search(line))), None)
        if wrong:
            found.complain(
                number,
                _(
                    "“%(value)s”: letters are wrong. Please save the list as "
                    "“CSV UTF-8” and upload it again."
                )
                % {"value": printable(wrong.group())[:30]},
            )
            return


def _read_rows(text: str, found: ReadList) -> None:
    rows = _rows(text, found)
    heading = next(rows, None)
    if heading is None:
        if not found.problems:
            found.complain(0, _("The file is empty."))
        return
    columns = _columns(heading[1], found)
    if found.problems:
        return
    seen: dict[str, int] = {}
    width = len(heading[1])
    for number, cells in rows:
        if not any(cells):
            continue
        if any(cells[width:]):
            found.complain(
                number,
                _(
                    "There are more cells than headings. A separator inside a cell "
                    "needs quotation marks around the cell."
                ),
            )
            continue
        if len(found.lines) >= MOST_LINES:
            found.complain(
                number, _("More than 10,000 people. Please divide the list by units.")
            )
            return
        _read_row(number, cells, columns, seen, found)
        if len(found.problems) >= MOST_PROBLEMS:
            return
    if not found.lines and not found.problems:
        found.complain(0, _("There are no people below the headings."))


def _rows(text: str, found: ReadList) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows with the number of the line each begins in."""
    first = text.lstrip("\r\n").partition("\n")[0]
    separator = max(SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    began = 1
    try:
        for cells in reader:
            if cells:
                yield began, [" ".join(cell.split()) for cell in cells]
            began = reader.line_num + 1
    except csv.Error:
        found.complain(
            began,
            _("A quotation mark is not closed here, or stands in the wrong place."),
        )


def _columns(heading: list[str], found: ReadList) -> dict[str, int]:
    """Return which column holds what, or complain about what is missing."""
    columns: dict[str, int] = {}
    for place, title in enumerate(heading):
        folded = "".join(each for each in title.casefold() if each.isalpha())
        for name, titles in COLUMNS.items():
            if folded not in titles:
                continue
            if name in columns:
                found.complain(
                    1, _("Two columns mean the same: “%(title)s”.") % {"title": title}
                )
            columns[name] = place
    if "reference" not in columns and "email" not in columns:
        found.complain(
            1,
            _(
                "No column tells people apart. Please name one “Personalnummer”, "
                "“Benutzername” or “E-Mail”."
            ),
        )
    if not columns.keys() & {"name", "last_name"}:
        found.complain(1, _("There is no column “Name”."))
    return columns


def _read_row(
    number: int,
    cells: list[str],
    columns: dict[str, int],
    seen: dict[str, int],
    found: ReadList,
) -> None:
    values = {name: _cell(cells, place) for name, place in columns.items()}
    before = len(found.problems)
    for value in values.values():
        if value.startswith(FORMULA):
            found.complain(
                number,
                _("“%(value)s” looks like a formula. Please enter plain text.")
                % {"value": value[:30]},
            )
        if not is_printable(value):
            found.complain(
                number,
                _("“%(value)s” has a control character in it. Please type it anew.")
                % {"value": printable(value)[:30]},
            )
        if LOST in value:
            found.complain(
                number,
                _(
                    "“%(value)s”: a letter was lost when the file was saved. Please "
                    "save it as CSV in UTF-8."
                )
                % {"value": value[:30]},
            )
        if len(value) > LONGEST:
            found.complain(
                number,
                _("“%(value)s…” is longer than 120 characters.")
                % {"value": value[:30]},
            )
    line = _line(values)
    _complain_of(number, line, found)
    if len(found.problems) > before:
        return
    earlier = seen.setdefault(line.reference.casefold(), number)
    if earlier != number:
        found.complain(
            number,
            _("“%(reference)s” stands in line %(line)d already.")
            % {"reference": line.reference, "line": earlier},
        )
        return
    found.lines.append(line)


def is_printable(text: str) -> bool:
    """Return whether text has nothing in it that no document can hold."""
    return printable(text) == text


def printable(text: str) -> str:
    """Return text without control characters and what XML does not know."""
    return UNPRINTABLE.sub("", text)


def _cell(cells: list[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""


def _line(values: dict[str, str]) -> Line:
    email = values.get("email", "").lower()
    return Line(
        reference=values.get("reference") or email,
        name=_name(values),
        unit=unit_path(values.get("unit", "")),
        email=email,
    )


def _name(values: dict[str, str]) -> str:
    """Return the whole name; “Name” beside “Vorname” is often the family name alone."""
    first, last = values.get("first_name", ""), values.get("last_name", "")
    whole = values.get("name") or last
    is_whole = values.get("name") and (last or plain(first) in plain(whole))
    return whole if is_whole else f"{first} {whole}".strip()


def unit_path(written: str) -> tuple[str, ...]:
    """Return the path of a unit: “Dezernat II / Bürgerbüro” has two parts."""
    parts = (part.strip() for part in written.replace(">", "/").split("/"))
    return tuple(part for part in parts if part)


def _complain_of(number: int, line: Line, found: ReadList) -> None:
    if not line.reference:
        found.complain(
            number, _("There is neither a staff number nor a user name nor an address.")
        )
    if not line.name:
        found.complain(number, _("The name is missing."))
    if line.email and not _is_address(line.email):
        found.complain(
            number,
            _("“%(email)s” is no e-mail address.") % {"email": line.email[:60]},
        )


def _is_address(email: str) -> bool:
    try:
        validate_email(email)
    except ValidationError:
        return False
    return True
