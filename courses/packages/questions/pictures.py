"""Pictures that stand in a question's text, with their alternative texts."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import unquote

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from PIL import Image

from content.images import strip_metadata

from .limits import MOST_PIXELS
from .results import Picture
from .washing import tags

#: What editors may upload, too, by what Pillow calls it.
KINDS: Final = {"PNG": "png", "JPEG": "jpg", "GIF": "gif", "WEBP": "webp"}
#: As long as the picture block takes it.
LONGEST_ALT: Final = 600


@dataclass
class Gallery:
    """The pictures of one file: together they may cost what one upload costs."""

    pixels: int = 0

    def of(self, html: str, find: Callable[[str], bytes | None]) -> list[Picture]:
        """Return the pictures of a text, each once; ``find`` knows their content.

        One whose alternative text is empty only decorates, and stays away.
        """
        found = {
            each["src"]: each
            for name, each in tags(html)
            if name == "img" and each.get("src") and each.get("alt") != ""
        }
        pictures = (
            self._picture(source, find(unquote(source)), each.get("alt", ""))
            for source, each in found.items()
        )
        return [picture for picture in pictures if picture]

    def _picture(self, source: str, content: bytes | None, alt: str) -> Picture | None:
        """Return a picture without metadata, or none if it cannot be shown."""
        if not content:
            return None
        try:
            with Image.open(BytesIO(content), formats=list(KINDS)) as image:
                self.pixels += image.width * image.height
                kind = KINDS[image.format or ""]
            if self.pixels > MOST_PIXELS:
                return None
            bare = strip_metadata(content)
        except (ValidationError, OSError, ValueError, SyntaxError, KeyError):
            return None
        except Image.DecompressionBombError:
            return None
        stem = slugify(PurePosixPath(unquote(source)).stem)[:60] or "bild"
        return Picture(f"{stem}.{kind}", bare, " ".join(alt.split())[:LONGEST_ALT])
