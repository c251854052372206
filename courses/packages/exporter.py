"""Courses of the CMS as packages."""

from pathlib import Path

from django.utils.translation import gettext as _

from content.pages.models import HomePage
from courses.catalogue.models import CoursePage

from .cms import PageNames, read_course, read_site
from .media import MediaNames
from .package import ORIGINAL, Package
from .values import Writing
from .writer import write_package


class ExportError(Exception):
    """The course cannot be written; the message says why."""


def export_course(*, slug: str, path: Path) -> list[str]:
    """Write a published course, in all its languages, into an empty folder.

    Returns the names of the files written. Changes nothing in the CMS.
    """
    found = CoursePage.objects.filter(locale__language_code=ORIGINAL).live()
    course = found.filter(slug=slug).first() or found.filter(package_id=slug).first()
    if course is None:
        raise ExportError(_("There is no course “%(slug)s”.") % {"slug": slug})
    return _write(read_course(course), path)


def export_site(*, path: Path) -> list[str]:
    """Write the site's own pages and its glossary into an empty folder."""
    home = HomePage.objects.filter(locale__language_code=ORIGINAL).live().first()
    if home is None:
        raise ExportError(_("There is no home page yet."))
    return _write(read_site(home), path)


def _write(package: Package, path: Path) -> list[str]:
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise ExportError(
            _("“%(path)s” already exists and is not an empty folder.") % {"path": path}
        )
    media = MediaNames()
    writing = Writing(media_name=media.name, page_name=PageNames().name)
    files = write_package(package, writing)
    for name, text in files.items():
        _file(path, name).write_text(text, encoding="utf-8", newline="\n")
    for name, instance in media.files.items():
        with instance.file.open("rb") as source:
            _file(path, name).write_bytes(source.read())
    return sorted([*files, *media.files])


def _file(path: Path, name: str) -> Path:
    file = path / name
    file.parent.mkdir(parents=True, exist_ok=True)
    return file
