"""Putting foreign questions into a lesson's draft; nothing is published."""

import json
import uuid
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from courses.catalogue.keys import settle_keys
from courses.catalogue.models import LessonPage
from courses.exercises.registry import question_types

from ..values import errors_of
from .results import Question
from .words import SIDES


def add_questions(
    *, lesson: LessonPage, questions: Iterable[Question], user: Any = None
) -> LessonPage:
    """Append questions to the newest draft of a lesson, as one new revision.

    What is published stays as it is. Each exercise gets an id of its own.
    """
    draft: LessonPage = lesson.get_latest_revision_as_object()
    raw = list(draft.body.get_prep_value())
    raw += [
        {"type": each.type_name, "value": each.value, "id": str(uuid.uuid4())}
        for each in questions
    ]
    draft.body = json.dumps(raw)  # type: ignore[assignment]
    settle_keys(draft.body)
    draft.save_revision(user=user, log_action=True)
    return draft


def still_missing(question: Question) -> list[str]:
    """Return what the editor's form would refuse, besides missing feedback."""
    block = question_types()[question.type_name].block()
    try:
        block.clean(block.to_python(question.value))
    except ValidationError as error:
        found = errors_of(error, block, ())
        return [
            _("“%(field)s”: %(message)s")
            % {"field": getattr(at, "label", "") or path[-1], "message": message}
            for path, at, message in found
            if path and path[-1] != "feedback" and path not in {(n,) for n in SIDES}
        ]
    return []
