"""What a step card says for each system: the way through its menus."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from content.richtext import INLINE_FEATURES


class System(models.TextChoices):
    """Where a way is taken: on a device, in a program or in an account on the web.

    Cards show them in this order.
    """

    ANDROID = "android", _("Android")
    IOS = "ios", _("iPhone and iPad")
    WINDOWS = "windows", _("Windows")
    MACOS = "macos", _("Mac")
    LINUX = "linux", _("Linux")
    FIREFOX = "firefox", _("Firefox")
    BROWSER = "browser", _("Another browser")
    LIBREOFFICE = "libreoffice", _("LibreOffice")
    PROGRAM = "program", _("Another program")
    ACCOUNT = "account", _("Account in the browser")


class VariantBlock(blocks.StructBlock):
    """The steps on one system."""

    system = blocks.ChoiceBlock(choices=System.choices, label=_("System"))
    version = blocks.CharBlock(
        required=False,
        max_length=80,
        label=_("Version"),
        help_text=_("For which the way was read, such as “Android 16”."),
    )
    steps = blocks.ListBlock(
        blocks.RichTextBlock(features=INLINE_FEATURES), min_num=1, label=_("Steps")
    )
    note = blocks.RichTextBlock(
        required=False,
        features=INLINE_FEATURES,
        label=_("Note"),
        help_text=_("Where makers hide it elsewhere, and what it does not do."),
    )

    class Meta:
        icon = "list-ol"
        label = _("System")
        preview_value: Any = {
            "system": "firefox",
            "version": "Firefox 145",
            "steps": ["<p>Das <b>Menü</b> öffnen.</p>"],
        }
