"""Labs in a lesson: that one was played to its end, and nothing else of it."""

from django.http import HttpRequest

from content.labs.registry import find
from courses.catalogue.keys import lab_key
from courses.catalogue.library import LessonEntry
from courses.progress.learners import Learner
from courses.progress.state import Progress

from .body import LessonBody
from .frames import kept_piece


def lab_marks(
    request: HttpRequest,
    lesson: LessonEntry,
    body: LessonBody,
    progress: Progress,
    learner: Learner,
) -> dict[str, str]:
    """Return what stands behind each lab of a lesson, by block id."""
    return {
        block_id: lab_mark(request, lesson, name, progress, learner)
        for block_id, name in body.labs.items()
        if find(name)
    }


def lab_mark(
    request: HttpRequest,
    lesson: LessonEntry,
    name: str,
    progress: Progress,
    learner: Learner,
) -> str:
    """Say that a lab is done, or offer to say so."""
    is_done = lab_key(name) in progress.answered
    return kept_piece(
        request,
        "courses/includes/lab_mark.html",
        lambda: {
            "name": name,
            "is_done": is_done,
            "action": f"{lesson.path}labor/{name}/",
        },
        learner=learner,
        state=("lab", lesson.key, name, is_done),
    )


def lab_title(name: str) -> str:
    """Return a lab's title in the reader's language, or its name when it is gone."""
    lab = find(name)
    return lab.words["title"] if lab else name
