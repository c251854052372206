"""Question files of other systems: Moodle XML, GIFT and QTI 2.1.

A reader is pure: bytes in, a list of questions and refusals out. Whatever a file holds,
only :class:`~.results.QuestionFileError` is raised.
"""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from . import gift, limits, moodle, qti
from .results import Found, QuestionFileError

Reader = Callable[[bytes], list[Found]]

READERS: Mapping[str, Reader] = {
    "moodle": moodle.read,
    "gift": gift.read,
    "qti": qti.read,
}


def read_questions(content: bytes, kind: str = "") -> list[Found]:
    """Read a question file; without ``kind`` its beginning tells what it is."""
    limits.check_size(content)
    found = READERS[kind or guess_kind(content)](content)
    if not found:
        raise QuestionFileError(_("There is no question in this file."))
    return found


def guess_kind(content: bytes) -> str:
    """Return which format a file is in, by how it begins."""
    if content.startswith(b"PK"):
        return "qti"
    start = content[:4000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start.startswith(b"<"):
        return "gift"
    return "moodle" if b"<quiz" in start else "qti"
