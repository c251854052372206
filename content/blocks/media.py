"""Pictures, sound, video and files. All of them are served by this site itself."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from content.chosen import PictureChooserBlock

from .base import LICENCES, inline, prose, refuse


def _has_extension(document: Any, *extensions: str) -> bool:
    return bool(document) and document.file_extension.lower() in extensions


class ImageBlock(blocks.StructBlock):
    """A picture with what it tells, who made it and under which licence."""

    image = PictureChooserBlock(label=_("Picture"))
    alt = blocks.CharBlock(
        required=False,  # refused in clean, with a message that helps
        max_length=600,
        label=_("Alternative text"),
        help_text=_("What the picture tells, for people who do not see it."),
    )
    caption = inline(required=False, label=_("Caption"))
    credit = blocks.CharBlock(required=False, max_length=160, label=_("Credit"))
    licence = blocks.ChoiceBlock(choices=LICENCES, required=False, label=_("Licence"))

    class Meta:
        icon = "image"
        label = _("Picture")
        group = _("Media")
        description = _("A picture with alternative text, credit and licence.")
        template = "content/blocks/image.html"
        package_argument = "image"
        preview_value = {
            "alt": "Zeitleiste eines Tages mit fünf Apps.",
            "caption": "Ein Tag von Lena in Hellingen.",
            "credit": "Redaktion",
            "licence": "CC-BY-SA-4.0",
        }

    def clean(self, value: Any) -> Any:
        """Refuse a picture without alternative text."""
        cleaned = super().clean(value)
        if not cleaned["alt"].strip() and not self.is_deferred_validation:
            raise refuse(alt=_("Say in words what the picture tells."))
        return cleaned


class DownloadBlock(blocks.StructBlock):
    """A file to take away."""

    document = DocumentChooserBlock(label=_("File"))
    title = blocks.CharBlock(max_length=160, label=_("Title"))
    description = inline(required=False, label=_("Description"))

    class Meta:
        icon = "download"
        label = _("File to take away")
        group = _("Media")
        description = _("A file to take away, with its kind and size.")
        template = "content/blocks/download.html"
        package_argument = "document"
        preview_value = {"title": "Arbeitsblatt zum Ausdrucken"}


class AudioBlock(blocks.StructBlock):
    """A recording with its transcript."""

    document = DocumentChooserBlock(label=_("Sound file"))
    title = blocks.CharBlock(max_length=160, label=_("Title"))
    transcript = prose(label=_("Transcript"))

    class Meta:
        icon = "media"
        label = _("Audio")
        group = _("Media")
        description = _("A recording with its transcript.")
        template = "content/blocks/audio.html"
        package_argument = "document"
        preview_value = {
            "title": "Ein Gespräch im Bus",
            "transcript": "<p>Lena: Woher weiß die App das?</p>",
        }

    def clean(self, value: Any) -> Any:
        """Refuse files that browsers cannot play."""
        cleaned = super().clean(value)
        if not _has_extension(cleaned["document"], "mp3", "ogg", "opus"):
            raise refuse(document=_("A sound file ends in .mp3, .ogg or .opus."))
        return cleaned


class VideoBlock(blocks.StructBlock):
    """A video of our own with captions and transcript."""

    document = DocumentChooserBlock(label=_("Video file"))
    title = blocks.CharBlock(max_length=160, label=_("Title"))
    captions = DocumentChooserBlock(label=_("Captions (WebVTT)"))
    poster = PictureChooserBlock(required=False, label=_("Still picture"))
    transcript = prose(label=_("Transcript"))

    class Meta:
        icon = "media"
        label = _("Video")
        group = _("Media")
        description = _("A video of our own with captions and transcript.")
        template = "content/blocks/video.html"
        package_argument = "document"
        preview_value = {
            "title": "Wie eine Auktion um Werbung abläuft",
            "transcript": "<p>Ein Handy fragt nach einer Anzeige.</p>",
        }

    def clean(self, value: Any) -> Any:
        """Refuse files that browsers cannot play and captions of another format."""
        cleaned = super().clean(value)
        problems = {}
        if not _has_extension(cleaned["document"], "mp4", "webm"):
            problems["document"] = _("A video file ends in .mp4 or .webm.")
        if not _has_extension(cleaned["captions"], "vtt"):
            problems["captions"] = _("The captions file must end in .vtt (WebVTT).")
        if problems:
            raise refuse(**problems)
        return cleaned
