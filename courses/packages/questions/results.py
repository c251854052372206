"""What comes of a question in a foreign file."""

from dataclasses import dataclass, field
from typing import Any


class QuestionFileError(Exception):
    """The file as a whole cannot be read; the message says what to do."""


class TooMuchError(QuestionFileError):
    """The file wants more work than one import may cost; reading stops at once."""


class QuestionTextError(QuestionFileError):
    """One question cannot be read; where there are others, they can."""


@dataclass(frozen=True)
class Picture:
    """A picture without metadata that stands before its question."""

    name: str
    content: bytes = field(repr=False)
    alt: str


@dataclass(frozen=True)
class Question:
    """A question that one of our types can carry, as the value of its block.

    ``notes`` name what the editor has to add or what was left out.
    With ``is_statement`` a single choice asks whether something is true.
    """

    title: str
    type_name: str
    value: dict[str, Any]
    notes: tuple[str, ...] = field(default=())
    pictures: tuple[Picture, ...] = field(default=())
    is_statement: bool = False


@dataclass(frozen=True)
class Refusal:
    """A question that cannot be carried over, and why."""

    title: str
    reason: str


Found = Question | Refusal
