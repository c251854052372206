"""Exercises in the CMS preview: whoever writes a lesson answers its draft.

Wagtail's own preview views know the draft as it stands in the editor and who may see
it. An answer goes to :func:`answer`, which asks the same view for the same preview once
more and hands the answer along. Nothing is kept: neither answer nor score.
"""

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from courses.exercises.grading import Exercise, ExerciseState, render, render_overview
from courses.exercises.types.base import AnswerError, FormData

from .keys import exercise_blocks

#: The views that show a page which is not public yet. All of them read only.
PREVIEWS = frozenset(
    f"wagtailadmin_pages:{name}"
    for name in (
        "preview_on_add",
        "preview_on_edit",
        "revisions_view",
        "view_draft",
        "workflow_preview",
    )
)


@dataclass(frozen=True)
class TryOut:
    """A preview, and the answer given in it, if any.

    ``preview`` is the preview's address below that of the CMS. With ``wants_pieces``
    our own script asked, which replaces the exercise alone.
    """

    preview: str
    key: str = ""
    form: FormData | None = None
    wants_pieces: bool = False

    def html(self, block: Any) -> str:
        """Return an exercise of the draft, answered if the answer is to this one.

        What cannot be graded yet comes with what is missing instead of a form. The
        exercise is the first element; what only editors see follows.
        """
        exercise = exercise_of(block)
        context = {
            "exercise": exercise,
            "definition": exercise.definition,
            "problems": list(problems_of(block)),
            "overview": render_overview(exercise),
        }
        if not context["problems"]:
            context["html"] = render(
                exercise, self._state(exercise), action=self._action(exercise)
            )
        return render_to_string("courses/exercises/tryout.html", context)

    def pieces(self, body: Any) -> dict[str, str]:
        """Return what the script replaces; without the exercise, why there is none."""
        for block in exercise_blocks(body):
            if block.value["key"] == self.key:
                return {"exercise": self.html(block)}
        return {"message": _("This exercise is no longer in the draft.")}

    def _action(self, exercise: Exercise) -> str:
        path = reverse("try_exercise", args=[exercise.key, self.preview])
        return f"{path}#{exercise.anchor}"

    def _state(self, exercise: Exercise) -> ExerciseState:
        if self.form is None or exercise.key != self.key:
            return ExerciseState()
        try:
            return ExerciseState(answer=exercise.read_answer(self.form))
        except AnswerError as error:
            return ExerciseState.refused(error)


def try_out_of(request: HttpRequest | None) -> TryOut | None:
    """Return the try-out that a request for a preview belongs to."""
    if request is None:
        return None
    if known := getattr(request, "try_out", None):
        return known
    home = reverse("wagtailadmin_home")
    below = request.path.startswith(home)
    return TryOut(request.path.removeprefix(home)) if below else None


@require_POST
def answer(request: HttpRequest, key: str, preview: str) -> HttpResponse:
    """Show a preview again with an answer to one of its exercises."""
    try:
        found = resolve(f"{reverse('wagtailadmin_home')}{preview}")
    except Resolver404 as error:
        raise Http404 from error
    if found.view_name not in PREVIEWS:
        raise Http404
    wants_pieces = request.headers.get("Accept") == "application/json"
    asked = copy(request)
    asked.try_out = TryOut(  # type: ignore[attr-defined]
        preview, key, request.POST, wants_pieces
    )
    asked.method = "GET"
    response = found.func(asked, *found.args, **found.kwargs)
    if wants_pieces and not isinstance(response, JsonResponse):
        # No preview came of it: the form holds what Wagtail cannot read, or one may
        # not see the page any more.
        message = _("The draft cannot be shown right now. Please look at the editor.")
        return JsonResponse({"message": message}, status=409)
    return response


def exercise_of(block: Any) -> Exercise:
    """Return the exercise that a block of a stream holds."""
    return Exercise(
        block.block_type, block.value["key"], block.id or "00000000", block.value
    )


def problems_of(block: Any) -> Iterator[str]:
    """Yield why an exercise of a stream cannot be graded, each with its field."""
    try:
        block.block.clean(block.value)
    except ValidationError as error:
        yield from _messages(error, block.block, "")


def unfinished(body: Any) -> bool:
    """Say whether a stream holds an exercise that cannot be graded."""
    return any(any(problems_of(block)) for block in exercise_blocks(body))


def _messages(
    error: ValidationError, block: blocks.Block | None, place: str
) -> Iterator[str]:
    if not isinstance(error, StructBlockValidationError | ListBlockValidationError):
        yield from (f"{place}: {m}" if place else m for m in error.messages)
        return
    for message in error.non_block_errors.as_data():
        yield from _messages(message, None, place)
    for key, inner in error.block_errors.items():
        child, name = _child(block, key)
        yield from _messages(inner, child, f"{place}, {name}" if place else name)


def _child(block: blocks.Block | None, key: str | int) -> tuple[Any, str]:
    """Return a part of a block and how the editor's form names it."""
    if isinstance(block, blocks.ListBlock):
        return block.child_block, str(int(key) + 1)
    child = getattr(block, "child_blocks", {}).get(key)
    return child, str(child.label if child else key)
