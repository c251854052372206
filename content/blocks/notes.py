"""What to do: steps, a next step of one's own, lines to write on."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .base import inline, prose


class StepsBlock(blocks.StructBlock):
    """Numbered instructions."""

    title = blocks.CharBlock(required=False, max_length=120, label=_("Title"))
    steps = blocks.ListBlock(inline(), min_num=1, label=_("Steps"))

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        group = _("Doing")
        description = _("Instructions in a fixed order.")
        template = "content/blocks/steps.html"
        package_argument = "title"
        preview_value = {
            "title": "Standort prüfen",
            "steps": ["Einstellungen öffnen", "„Datenschutz“ wählen", "Liste ansehen"],
        }


class NextStepBlock(blocks.StructBlock):
    """One thing to do today, with an optional if–then plan."""

    title = blocks.CharBlock(max_length=160, label=_("Title"))
    minutes = blocks.IntegerBlock(
        required=False, min_value=1, max_value=240, label=_("Minutes")
    )
    plan = blocks.BooleanBlock(
        required=False,
        label=_("With an if–then plan"),
        help_text=_("The plan stays on the learner's device."),
    )
    text = prose(label=_("Text"))

    class Meta:
        icon = "arrow-right-full"
        label = _("Next step")
        group = _("Doing")
        description = _("One thing to do today.")
        template = "content/blocks/next_step.html"
        package_argument = "title"
        package_body = "text"
        preview_value = {
            "title": "Eine Berechtigung prüfen",
            "minutes": 5,
            "plan": True,
            "text": "<p>Sieh nach, was eine deiner Apps darf.</p>",
        }


class LinesBlock(blocks.StructBlock):
    """Empty lines to write on, for worksheets."""

    number = blocks.IntegerBlock(
        min_value=1, max_value=40, default=3, label=_("Number of lines")
    )

    class Meta:
        icon = "edit"
        label = _("Writing lines")
        group = _("Doing")
        description = _("Empty lines to write on, for printed worksheets.")
        template = "content/blocks/lines.html"
        package_argument = "number"
        preview_value = {"number": 3}

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add ``rows``, something to loop over once per line."""
        context = super().get_context(value, parent_context)
        context["rows"] = range(value["number"] or 0)
        return context
