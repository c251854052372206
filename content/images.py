"""What happens to pictures on their way in."""

from io import BytesIO
from typing import Any

from django import forms
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image as Pillow
from PIL import ImageOps
from wagtail.images.forms import BaseImageForm

# Formats whose files carry metadata (place, time, device) that we can write again.
REWRITABLE = {"JPEG", "PNG", "WEBP"}
# What Pillow keeps beside the pixels and their colours.
TECHNICAL = {
    "background", "bits", "dpi", "duration", "gamma", "icc_profile", "interlace",
    "jfif", "jfif_density", "jfif_unit", "jfif_version", "loop", "progression",
    "progressive", "srgb", "timestamp", "transparency",
}  # fmt: skip


class EditorImageForm(BaseImageForm):
    """The CMS's image form: editors may not upload SVG.

    An SVG can carry scripts. Those that ship with course packages pass the allow list
    of the importer, which does not use this form.
    """

    def clean_file(self) -> Any:
        """Refuse a newly uploaded SVG."""
        file = self.cleaned_data["file"]
        if "file" in self.changed_data and str(file.name).lower().endswith(".svg"):
            raise forms.ValidationError(
                _(
                    "SVG files come with course packages only. "
                    "Please upload the picture as PNG, JPEG or WebP."
                )
            )
        return file


def strip_metadata(content: bytes) -> bytes:
    """Return a picture without metadata, turned upright.

    Files that carry none come back byte for byte, so that doing it twice is the same
    as doing it once; so do animations and what is no picture.
    """
    try:
        with Pillow.open(BytesIO(content)) as picture:
            picture.load()
            if picture.format not in REWRITABLE or getattr(picture, "n_frames", 1) > 1:
                return content
            if not set(picture.info) - TECHNICAL:
                return content
            return _written_anew(picture, picture.format)
    except (OSError, SyntaxError, Pillow.DecompressionBombError):
        return content


def _written_anew(picture: Pillow.Image, file_format: str) -> bytes:
    upright = ImageOps.exif_transpose(picture)
    options: dict[str, Any] = {"icc_profile": picture.info.get("icc_profile")}
    if file_format == "JPEG":
        options |= {"quality": 92, "subsampling": 0}
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
