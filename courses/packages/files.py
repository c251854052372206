"""The files of a package: what may lie in its folder, and how it is read."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image

from content.images import WRITTEN_AS, strip_metadata

from .problems import Problem
from .svg import svg_problem
from .text_tree import UNWRITABLE

MAX_FILES = 1000
MAX_TEXT = 1024 * 1024
MAX_IMAGE = 10 * 1024 * 1024
MAX_DOCUMENT = 200 * 1024 * 1024
RASTER = {
    "png": "PNG", "jpg": "JPEG", "jpeg": "JPEG", "webp": "WEBP", "gif": "GIF",
    "avif": "AVIF",
}  # fmt: skip
IMAGES = frozenset([*RASTER, "svg"])
#: Files beside those of the package, which become no page. The lists of words are for
#: the strict check.
FREE_FILES = re.compile(r"(README|LICENSE|LICENCE)([.\w-]*)|words\.[a-z]{2}\.txt")
MEDIA_NAME = re.compile(r"media/[A-Za-z0-9][A-Za-z0-9._-]*\.[A-Za-z0-9]+")


def digest(content: bytes) -> str:
    """Return the hash the CMS keeps of a file (SHA-1, as Wagtail does)."""
    return hashlib.sha1(content, usedforsecurity=False).hexdigest()


@dataclass
class Folder:
    """A package's folder. ``name`` is how its files are called in problems."""

    root: Path
    problems: list[Problem] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Return the path as it was given."""
        return str(self.root)

    def label(self, relative: str) -> str:
        """Return how a file is named in problems."""
        return f"{self.name}/{relative}" if relative else self.name

    def refuse(self, relative: str, message: str, line: int = 1) -> None:
        """Note a problem with a file."""
        self.problems.append(Problem(self.label(relative), line, message))

    @cached_property
    def files(self) -> frozenset[str]:
        """Return the relative names of all files; links are refused, never followed."""
        found = set()
        for path in self._walk(self.root):
            relative = path.relative_to(self.root).as_posix()
            if path.is_symlink():
                self.refuse(
                    relative, _("Links are not followed; put the file itself here.")
                )
            elif path.is_file():
                found.add(relative)
            else:
                self.refuse(relative, _("This is no regular file."))
            if len(found) > MAX_FILES:
                self.refuse(
                    "", _("There are more than %(max)d files.") % {"max": MAX_FILES}
                )
                break
        return frozenset(found)

    def _walk(self, folder: Path) -> Iterator[Path]:
        for path in sorted(folder.iterdir()):
            if path.name.startswith("."):
                continue
            if path.is_dir() and not path.is_symlink():
                yield from self._walk(path)
            else:
                yield path

    def text(self, relative: str) -> str | None:
        """Return a text file with plain line ends; None when it cannot be read."""
        path = self.root / relative
        if path.stat().st_size > MAX_TEXT:
            self.refuse(relative, _("This text is larger than one megabyte."))
            return None
        content = path.read_bytes()
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = content[: error.start].count(b"\n") + 1
            self.refuse(
                relative,
                _("This file is not UTF-8; save it with the encoding UTF-8."),
                line,
            )
            return None
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        if match := UNWRITABLE.search(text):
            line = text[: match.start()].count("\n") + 1
            self.refuse(
                relative,
                _("Here stands an invisible control character (U+%(code)04X).")
                % {"code": ord(match.group())},
                line,
            )
            return None
        return text

    def content(self, name: str) -> bytes:
        """Return the bytes of a media file."""
        return (self.root / name).read_bytes()

    # The protocol of ``values.MediaFiles``

    def check(self, name: str, kind: str) -> str | None:
        """Return what is wrong with a media file, if anything."""
        if not MEDIA_NAME.fullmatch(name) or ".." in name:
            return _(
                "“%(name)s” is no file of this package; files lie in media/ and their "
                "names have letters, digits, dots, hyphens and underscores."
            ) % {"name": name}
        if name not in self.files:
            return self._missing(name)
        return self._checked(name, kind)

    def _missing(self, name: str) -> str:
        known = [each for each in self.files if each.startswith("media/")]
        near = get_close_matches(name, known, n=1)
        if near:
            return _("There is no file %(name)s; perhaps %(near)s is meant.") % {
                "name": name,
                "near": near[0],
            }
        return _("There is no file %(name)s.") % {"name": name}

    def _checked(self, name: str, kind: str) -> str | None:
        key = (name, kind)
        if key not in self._results:
            check = image_problem if kind == "image" else document_problem
            self._results[key] = check(self.root / name)
        return self._results[key]

    @cached_property
    def _results(self) -> dict[tuple[str, str], str | None]:
        return {}


def image_problem(path: Path) -> str | None:
    """Return why a file is no picture the CMS may show, if so."""
    extension = path.suffix[1:].lower()
    if extension not in IMAGES:
        return _("A picture is one of these: %(known)s.") % {
            "known": ", ".join(sorted(IMAGES))
        }
    if path.stat().st_size > MAX_IMAGE:
        return _("A picture has at most 10 megabytes.")
    if extension == "svg":
        return svg_problem(path.read_bytes())
    try:
        with Image.open(path) as image:
            if WRITTEN_AS.get(image.format or "") != RASTER[extension]:
                return _("The file is called .%(extension)s, but it is %(format)s.") % {
                    "extension": extension,
                    "format": image.format,
                }
            pixels = image.width * image.height
            if pixels > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
                return _("The picture has too many pixels; make it smaller.")
        strip_metadata(path.read_bytes())
    except ValidationError as error:
        return error.messages[0]
    except (OSError, SyntaxError, Image.DecompressionBombError):
        return _("The picture is damaged and cannot be opened.")
    return None


def document_problem(path: Path) -> str | None:
    """Return why a file may not be offered, if so."""
    known = settings.WAGTAILDOCS_EXTENSIONS
    if path.suffix[1:].lower() not in known:
        return _("A file is one of these: %(known)s.") % {"known": ", ".join(known)}
    if path.stat().st_size > MAX_DOCUMENT:
        return _("A file has at most 200 megabytes.")
    return None
