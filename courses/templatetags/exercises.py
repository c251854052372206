"""Shows an exercise where no learner is around: in the CMS preview."""

from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from courses.exercises.grading import Exercise, render

register = template.Library()


@register.simple_tag
def fresh_exercise(block: Any) -> SafeString:
    """Render an exercise block of a stream without any answer."""
    exercise = Exercise(
        block.block_type, block.value["key"], block.id or "00000000", block.value
    )
    return mark_safe(render(exercise))  # noqa: S308 - rendered by our template
