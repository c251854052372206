"""Shows an exercise where no learner is around: in the CMS preview, on closed pages."""

from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from courses.catalogue.keys import exercise_blocks
from courses.catalogue.tryout import exercise_of
from courses.exercises.grading import Exercise, modules_of, render, render_paper

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
def example_exercise(block: Any) -> SafeString:
    """Return what the picker shows of a type: its example."""
    exercise = Exercise(
        block.block.name, block.value["key"], "00000000", definition=block.value
    )
    return mark_safe(render(exercise))  # noqa: S308 - rendered by our templates


@register.simple_tag
def exercise_modules(body: Any) -> tuple[str, ...]:
    """Return the static paths of the ES modules of the types in use."""
    return modules_of(exercise_of(block) for block in exercise_blocks(body))
