"""The block that asks again what earlier lessons were about."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.exercises.types.base import KEY_MAX_LENGTH

#: The name of the block in a lesson's stream.
RECALL = "recall"


class RecallBlock(blocks.StructBlock):
    """Questions of earlier lessons, drawn for whoever reads."""

    count = blocks.IntegerBlock(
        default=2, min_value=1, max_value=3, label=_("How many questions")
    )
    fixed = blocks.ListBlock(
        blocks.CharBlock(max_length=KEY_MAX_LENGTH, label=_("Id of the exercise")),
        default=[],
        required=False,
        label=_("Always these exercises of earlier lessons"),
        help_text=_(
            "Leave it empty to have questions drawn. Learners who review get what is "
            "due for them in any case."
        ),
    )

    class Meta:
        icon = "history"
        group = _("Exercises")
        label = _("Questions to remember")
        description = _("Asks questions of earlier lessons again.")
        template = "courses/recall_preview.html"
        preview_value: dict[str, Any] = {"count": 2, "fixed": []}
        # Drawn for each reader: the body cache leaves it out.
        stateful = True
