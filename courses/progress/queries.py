"""Reads of a learner's rows."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from .models import Attempt, Enrolment, LessonProgress, LessonState
from .state import Answered, Place, Progress


def course_progress(
    user: Any, course_key: UUID, lesson_keys: Iterable[UUID], lesson_key: UUID | None
) -> Progress:
    """Return a learner's progress in a course: two statements, three with answers.

    ``lesson_key`` names the lesson whose answers are wanted, None for none.
    """
    lessons = dict(
        LessonProgress.objects.filter(
            user=user, lesson_key__in=list(lesson_keys)
        ).values_list("lesson_key", "state")
    )
    return Progress(
        lessons={key: LessonState(state) for key, state in lessons.items()},
        place=place_in(user, course_key),
        # Without progress in the lesson there is no answer to look for.
        answered=(
            answers(user, lesson_key) if lesson_key and lesson_key in lessons else {}
        ),
    )


def place_in(user: Any, course_key: UUID) -> Place | None:
    """Return where a learner stopped in a course."""
    row = (
        Enrolment.objects.filter(user=user, course_key=course_key)
        .values_list("place_lesson", "place_block")
        .first()
    )
    lesson_key, block = row or (None, "")
    return Place(lesson_key, block) if lesson_key else None


def answers(user: Any, lesson_key: UUID) -> dict[str, Answered]:
    """Return a learner's answers in a lesson by exercise id."""
    rows = Attempt.objects.filter(user=user, lesson_key=lesson_key).values_list(
        "exercise_key", "best", "answer", "fingerprint"
    )
    return {key: Answered(best, answer, mark) for key, best, answer, mark in rows}


def all_progress(user: Any) -> tuple[dict[UUID, Place | None], Progress]:
    """Return each begun course with its place, and all lessons: two statements."""
    places = {
        course: Place(lesson, block) if lesson else None
        for course, lesson, block in Enrolment.objects.filter(user=user)
        .order_by("-day")
        .values_list("course_key", "place_lesson", "place_block")
    }
    lessons = LessonProgress.objects.filter(user=user).values_list(
        "lesson_key", "state"
    )
    return places, Progress(lessons={k: LessonState(s) for k, s in lessons})
