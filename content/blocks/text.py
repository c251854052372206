"""Running text and its two companions: what to remember, what to read if one likes."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from content.richtext import BLOCK_FEATURES

from .base import prose


class TextBlock(blocks.RichTextBlock):
    """Running text."""

    def __init__(self, **options: object) -> None:
        super().__init__(features=BLOCK_FEATURES, **options)

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        group = _("Text")
        description = _("Headings, paragraphs and lists.")
        template = "content/blocks/text.html"
        preview_value = (
            "<h2>Sieben Uhr morgens</h2><p>Lena schaut auf ihr Handy. Die Wetter-App "
            "weiß schon, wo sie ist.</p>"
        )


class KeyPointBlock(blocks.StructBlock):
    """What to remember."""

    title = blocks.CharBlock(required=False, max_length=120, label=_("Title"))
    text = prose(label=_("Text"))

    class Meta:
        icon = "pick"
        label = _("Key point")
        group = _("Text")
        description = _("What to remember, marked like with a marker pen.")
        template = "content/blocks/key_point.html"
        package_argument = "title"
        package_body = "text"
        preview_value = {
            "title": "Merke",
            "text": "<p>Eine App braucht <b>Daten</b>. Die Frage ist: welche?</p>",
        }


class MoreBlock(blocks.StructBlock):
    """Text behind a disclosure."""

    title = blocks.CharBlock(max_length=160, label=_("Title"))
    text = prose(label=_("Text"))

    class Meta:
        icon = "collapse-down"
        label = _("More to know")
        group = _("Text")
        description = _("Extra text that opens on request and always prints.")
        template = "content/blocks/more.html"
        package_argument = "title"
        package_body = "text"
        preview_value = {
            "title": "Wie genau weiß das Handy den Ort?",
            "text": "<p>Es vergleicht Signale von Satelliten und Funkzellen.</p>",
        }
