"""What happens to pictures on their way in."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image as Pillow
from PIL import ImageOps
from wagtail.images.forms import BaseImageForm

# What is written again, by what Pillow calls it. MPO is what cameras make: a JPEG with
# further pictures behind it (a preview, another lens), of which the first is kept.
WRITTEN_AS = {
    "AVIF": "AVIF", "GIF": "GIF", "JPEG": "JPEG", "MPO": "JPEG", "PNG": "PNG",
    "WEBP": "WEBP",
}  # fmt: skip
# What Pillow keeps beside the pixels and their colours.
TECHNICAL = {
    "background", "bits", "dpi", "duration", "gamma", "icc_profile", "interlace",
    "jfif", "jfif_density", "jfif_unit", "jfif_version", "loop", "progression",
    "progressive", "srgb", "timestamp", "transparency", "version",
}  # fmt: skip
# Parts of a file that say nothing but how it looks; Pillow passes over most others.
LOOKS_JPEG = (b"JFIF\0", b"ICC_PROFILE\0", b"Adobe")
LOOKS_PNG = {
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT",
    b"sRGB", b"cICP", b"bKGD", b"pHYs",
}  # fmt: skip
END_OF_JPEG = b"\xff\xd9"


class EditorImageForm(BaseImageForm):
    """The CMS's image form: editors may not upload SVG or what moves.

    An SVG can carry scripts. Those that ship with course packages pass the allow list
    of the importer, which does not use this form.
    """

    def clean_file(self) -> Any:
        """Refuse a newly uploaded SVG, and what cannot be freed of its metadata."""
        file = self.cleaned_data["file"]
        if "file" not in self.changed_data:
            return file
        if str(file.name).lower().endswith(".svg"):
            raise ValidationError(
                _(
                    "SVG files come with course packages only. "
                    "Please upload the picture as PNG, JPEG or WebP."
                )
            )
        file.seek(0)
        strip_metadata(file.read())
        file.seek(0)
        return file


def is_animated(picture: Pillow.Image) -> bool:
    """Whether a picture moves. Of an MPO only the first picture is ever shown."""
    return getattr(picture, "n_frames", 1) > 1 and picture.format != "MPO"


def strip_metadata(content: bytes) -> bytes:
    """Return a picture without metadata, turned upright.

    Files that carry none come back byte for byte, so that doing it twice is the same
    as doing it once. Raises ``ValidationError`` for what moves (nobody could stop it)
    and for what cannot be read: nothing passes unseen.
    """
    try:
        with Pillow.open(BytesIO(content)) as picture:
            if is_animated(picture):
                raise ValidationError(
                    _(
                        "This picture moves, and readers could not stop it. "
                        "Please use a still picture or a video."
                    )
                )
            picture.load()
            if not _carries_more_than_looks(picture, content):
                return content
            return _written_anew(picture, content)
    except (OSError, SyntaxError, KeyError, Pillow.DecompressionBombError) as error:
        raise ValidationError(
            _("The picture is damaged and cannot be opened.")
        ) from error


def _carries_more_than_looks(picture: Pillow.Image, content: bytes) -> bool:
    if set(picture.info) - TECHNICAL or picture.format == "MPO":
        return True
    if picture.format == "JPEG":
        parts = [data for _name, data in picture.applist]  # type: ignore[attr-defined]
        known = all(data.startswith(LOOKS_JPEG) for data in parts)
        return not (known and content.endswith(END_OF_JPEG))
    if picture.format == "PNG":
        return not set(_parts_of_png(content)) <= LOOKS_PNG
    return False


def _parts_of_png(content: bytes) -> Iterator[bytes]:
    """Return the names of a PNG's parts; what follows its end counts as one."""
    place, name = 8, b""
    while place < len(content) and name != b"IEND":
        length = int.from_bytes(content[place : place + 4], "big")
        name = content[place + 4 : place + 8]
        place += length + 12
        yield name
    if place != len(content):
        yield b"more"


def _written_anew(picture: Pillow.Image, content: bytes) -> bytes:
    file_format = WRITTEN_AS[picture.format or ""]
    upright = ImageOps.exif_transpose(picture)
    options: dict[str, Any] = {"icc_profile": picture.info.get("icc_profile")}
    if file_format == "JPEG":
        options |= {"quality": 92, "subsampling": 0}
    elif file_format == "AVIF":
        options |= {"quality": 90}
    elif file_format == "WEBP":
        options |= {"quality": 92, "lossless": b"VP8L" in content[:64]}
    bare = Pillow.new(upright.mode, upright.size)
    if upright.mode == "P":
        bare.putpalette(upright.getpalette() or [])
    bare.paste(upright)
    if "transparency" in upright.info:
        options["transparency"] = upright.info["transparency"]
    out = BytesIO()
    bare.save(out, file_format, **options)
    return out.getvalue()


def strip_on_upload(instance: Any, **_signal: Any) -> None:
    """Take the metadata off a picture that is about to be stored (``pre_save``)."""
    file = instance.file
    if not file or file._committed or str(file.name).lower().endswith(".svg"):
        return
    file.open()
    content = file.read()
    stripped = strip_metadata(content)
    file.seek(0)
    if stripped == content:
        return
    name = file.name
    instance.file = ContentFile(stripped, name=name)
    instance._set_image_file_metadata()  # size and hash of what is kept
