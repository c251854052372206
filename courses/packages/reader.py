"""Packages from files: every problem is noted with its file and line."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _

from .course_reader import CourseReader
from .editions import EditionsReader
from .files import Folder
from .markdown import Reference
from .package import ORIGINAL, Package
from .problems import Problem, Report
from .shared import SharedKind
from .site_reader import SiteReader
from .source import Terms
from .yaml_lines import Map, Scalar, Sequence_, read_yaml

#: By kind of reference: id → day.
Days = Mapping[str, Mapping[str, date | None]]

READERS: tuple[type[EditionsReader], ...] = (CourseReader, SiteReader)


@dataclass
class Loaded:
    """A package that was read, with all that is wrong with it."""

    folder: Folder
    package: Package | None
    problems: list[Problem]
    references: list[tuple[str, str, Reference]] = field(default_factory=list)
    has_open_marks: bool = False
    #: When to look again at each source and each card, by kind of reference and id.
    days: Days = field(default_factory=dict)


def read_package(
    path: Path, *, terms: Terms | None = None, draft: bool = False
) -> Loaded:
    """Read a package's folder.

    ``terms`` gives the words of terms that stand by their id alone. With ``draft`` open
    marks (``<!-- prüfen … -->``) are left out instead of refused.
    """
    folder = Folder(path)
    if not path.is_dir():
        folder.refuse("", _("There is no such folder."))
        return Loaded(folder, None, folder.problems)
    kinds = [kind for kind in READERS if kind.head_file in folder.files]
    if len(kinds) != 1:
        folder.refuse(
            "",
            _("A package has either a file course.yaml or a file site.yaml here."),
        )
        return Loaded(folder, None, sorted(set(folder.problems)))
    reader = kinds[0](folder, terms or {}, draft)
    package = reader.read()
    return Loaded(
        folder,
        package,
        sorted(set(folder.problems)),
        reader.references,
        reader.has_open_marks,
    )


def read_terms(paths: Iterable[Path]) -> dict[str, dict[str, str]]:
    """Return the words of the glossary terms of packages, as far as they are readable.

    The site's package beside a course (``_site``) is looked at as well.
    """
    found: dict[str, dict[str, str]] = {}
    for folder in _with_site(paths):
        for file in sorted(folder.glob("**/glossary.yaml")):
            locale = ORIGINAL if file.parent == folder else file.parent.name
            for key, fields in _entries(file):
                if "term" in fields:
                    found.setdefault(locale, {})[key] = fields["term"]
    return found


def read_days(
    kind: SharedKind, paths: Iterable[Path], *, beside: bool
) -> dict[str, date | None]:
    """Return when to look at each source or card again, as far as readable.

    With ``beside`` the site's package beside a course is looked at as well.
    """
    found: dict[str, date | None] = {}
    for folder in _with_site(paths) if beside else paths:
        for key, fields in _entries(folder / kind.file):
            review, looked = (
                _day(fields.get(n)) for n in ("review", kind.model.looked)
            )
            found[key] = kind.model.next_look(looked, review)
    return found


def _with_site(paths: Iterable[Path]) -> list[Path]:
    return sorted({each for path in paths for each in (path, path.parent / "_site")})


def _entries(file: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield id and plain fields of each entry of a list, as far as it is readable."""
    node = read_yaml(_any_text(file), Report("")) if file.is_file() else None
    for item in node.items if isinstance(node, Sequence_) else ():
        if isinstance(item, Map):
            fields = {
                name: child.value or ""
                for name, child in item.items.items()
                if isinstance(child, Scalar)
            }
            if "id" in fields:
                yield fields["id"], fields


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def _any_text(file: Path) -> str:
    return file.read_text(encoding="utf-8", errors="replace")
