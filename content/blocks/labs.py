"""A lab inside a page."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from content.labs import registry


class LabBlock(blocks.StructBlock):
    """A data lab, run in the reader's browser."""

    lab = blocks.ChoiceBlock(choices=registry.choices, label=_("Lab"))

    class Meta:
        icon = "cogs"
        label = _("Lab")
        group = _("Doing")
        description = _("A data lab that runs in the browser only.")
        template = "content/blocks/lab.html"
        package_argument = "lab"
        preview_value = {"lab": ""}

    @property
    def is_previewable(self) -> bool:
        """Whether there is a lab to show."""
        return bool(registry.choices())

    def get_preview_value(self) -> Any:
        """Return the first lab there is."""
        return self.to_python({"lab": next((n for n, _l in registry.choices()), "")})

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add ``lab`` and its ``words`` (no lab when its folder is missing)."""
        context = super().get_context(value, parent_context)
        found = registry.find(value["lab"])
        if found:
            context |= {
                "lab": found.lab,
                "words": found.words,
                "text": found.text,
                "language": found.language,
            }
        return context
