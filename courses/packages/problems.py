"""What is wrong with a package, where, and how to mend it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _


@dataclass(frozen=True, order=True)
class Problem:
    """One problem in one line of one file; ``line`` counts from 1."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class PackageError(Exception):
    """Raised when a package cannot be imported; holds every problem found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass
class Report:
    """Collects the problems of one file."""

    file: str
    problems: list[Problem] = field(default_factory=list)

    def add(self, line: int, message: str) -> None:
        """Note a problem; ``message`` is a whole sentence in the user's language."""
        self.problems.append(Problem(self.file, max(line, 1), message))


def at_field(name: str, message: str) -> str:
    """Return a message with the field it is about."""
    return _("“%(name)s”: %(message)s") % {"name": name, "message": message}
