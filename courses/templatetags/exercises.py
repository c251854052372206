"""Shows an exercise where no learner is around: in the CMS preview, on closed pages."""

from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from courses.catalogue.keys import exercise_blocks
from courses.catalogue.tryout import exercise_of
from courses.exercises.grading import Exercise, render, render_paper

register = template.Library()


@register.simple_tag(takes_context=True)
def fresh_exercise(context: dict[str, Any], block: Any) -> SafeString:
    """Render an exercise block of a stream; in the preview it can be answered.

    A lesson under a view restriction is on no shelf, so no answer to it could be sent
    anywhere: there it is shown as on paper, without a form.
    """
    try_out = getattr(context.get("request"), "try_out", None)
    html = try_out.html(block) if try_out else render_paper(exercise_of(block))
    return mark_safe(html)  # noqa: S308 - rendered by our templates


@register.simple_tag
def example_exercise(block: Any) -> dict[str, Any]:
    """Return what the picker shows of a type: its example as HTML, and its style."""
    exercise = Exercise(
        block.block.name, block.value["key"], "00000000", definition=block.value
    )
    html = mark_safe(render(exercise))  # noqa: S308 - rendered by our templates
    return {"html": html, "style": exercise.type.style}


@register.simple_tag
def exercise_files(body: Any, attribute: str) -> list[str]:
    """Return the static paths of the ``style`` or ``module`` of each type in use."""
    types = {exercise_of(block).type for block in exercise_blocks(body)}
    return sorted({getattr(each, attribute) for each in types} - {""})
