"""A lesson's body: rendered once per content generation, the same for everyone.

Text comes as finished HTML. Exercises stand between as references; those without an
answer use a stateless rendering made with the body, answered ones render live.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.translation import get_language

from content.chosen import read_pictures
from content.memory import remembered
from content.rendering import Segment, render_stream
from courses.catalogue.library import CourseEntry
from courses.catalogue.models import LessonPage
from courses.catalogue.recall import RECALL
from courses.exercises.grading import (
    Exercise,
    ExerciseState,
    render,
    render_paper,
)
from courses.exercises.registry import question_types
from courses.exercises.types.base import Answer

from .frames import READER

#: Longer than a choice among options.
LONGEST_KEPT_STATE = 80


@dataclass(frozen=True)
class LessonBody:
    """The segments of a lesson and the exercises among them."""

    segments: tuple[Segment, ...]
    exercises: Mapping[str, Exercise]
    fresh: Mapping[str, str] = field(repr=False)
    #: Names of the labs by block id.
    labs: Mapping[str, str] = field(default_factory=dict)
    generation: int | None = None

    @cached_property
    def anchors(self) -> frozenset[str]:
        """Short ids of all blocks, for checking a place."""
        return frozenset(segment.block_id[:8] for segment in self.segments)

    @cached_property
    def recalls(self) -> tuple[Segment, ...]:
        """The blocks that ask about earlier lessons."""
        return tuple(s for s in self.segments if s.block_type == RECALL)

    @cached_property
    def graded(self) -> frozenset[str]:
        """Ids of the exercises that an answer can be sent to."""
        return frozenset(k for k, e in self.exercises.items() if e.type.graded)

    def paper(
        self,
        *,
        solved: bool = False,
        only_exercises: bool = False,
        drawn: Mapping[str, str] | None = None,
    ) -> list[str]:
        """Return the segments' HTML for paper, exercises blank or with solutions.

        ``drawn`` holds the HTML of blocks that are drawn, by block id. What is not
        graded has no number: readers are told of as many exercises as there are to
        answer.
        """
        graded = [key for key in self.exercises if key in self.graded]
        numbers = {key: number for number, key in enumerate(graded, start=1)}
        parts: list[str] = []
        for segment in self.segments:
            if _is_exercise(segment):
                key = segment.value["key"]
                exercise = self.exercises[key]
                number = numbers.get(key)
                parts.append(render_paper(exercise, solved=solved, number=number))
            elif segment.html is not None and not only_exercises:
                parts.append(unfolded(segment.html))
            elif segment.html is None and not only_exercises:
                parts.append((drawn or {}).get(segment.block_id, ""))
        return parts

    def html(
        self,
        states: Mapping[str, ExerciseState],
        lesson_path: str,
        drawn: Mapping[str, str] | None = None,
        closed: Mapping[str, str] | None = None,
    ) -> list[str]:
        """Return the segments' HTML with the state of each exercise.

        ``drawn`` holds the HTML of blocks that differ between readers, by block id, and
        what stands behind a block that does not. ``closed`` holds what stands in place
        of exercises that are not open yet.
        """
        parts: list[str] = []
        for segment in self.segments:
            if segment.html is not None:
                parts.append(segment.html + (drawn or {}).get(segment.block_id, ""))
                continue
            if not _is_exercise(segment):
                parts.append((drawn or {}).get(segment.block_id, ""))
                continue
            key = segment.value["key"]
            if closed and key in closed:
                parts.append(closed[key])
            elif key in states:
                parts.append(self.exercise_html(key, states[key], lesson_path))
            else:
                parts.append(self.fresh[key])
        return parts

    def exercise_html(self, key: str, state: ExerciseState, lesson_path: str) -> str:
        """Return an answered exercise; the few states of a choice are kept.

        What people wrote themselves never is, nor what is said about it.
        """
        exercise = self.exercises[key]

        def made() -> str:
            return _form(exercise, lesson_path, state)

        shown = repr(
            (
                state.answer, state.score, state.error, state.reveal, state.sealed,
                state.is_unkept,
            )
        )  # fmt: skip
        is_own = _holds_words(state.answer) or bool(state.error)
        if self.generation is None or is_own or len(shown) > LONGEST_KEPT_STATE:
            return made()
        what = ("answered", exercise.block_id, lesson_path, get_language(), shown)
        return remembered(what, self.generation, made)


def _holds_words(answer: Answer) -> bool:
    if isinstance(answer, Mapping):
        return any(map(_holds_words, answer.values()))
    if isinstance(answer, list | tuple):
        return any(map(_holds_words, answer))
    return isinstance(answer, str)


def unfolded(html: str) -> str:
    """Return what is folded on a screen as paper shows it.

    Not every browser prints what is folded, and a script is no help without one.
    """
    return html.replace('<details class="more', '<details open class="more')


def _is_exercise(segment: Segment) -> bool:
    return segment.block_type in question_types()


def answer_path(exercise: Exercise, lesson_path: str) -> str:
    """Return where answers to an exercise of a lesson are sent, with its anchor."""
    return f"{lesson_path}antwort/{exercise.key}/#{exercise.anchor}"


def _form(
    exercise: Exercise, lesson_path: str, state: ExerciseState | None = None
) -> str:
    action = answer_path(exercise, lesson_path)
    return render(exercise, state, action=action, reader=READER)


def lesson_body(page_id: int, generation: int, lesson_path: str) -> LessonBody:
    """Return a published lesson's body, from memory when the content is unchanged."""
    return remembered(
        ("body", page_id, lesson_path),
        generation,
        lambda: compose_body(_lesson(page_id, generation), lesson_path, generation),
    )


def read_course(course: CourseEntry, generation: int) -> None:
    """Read all lessons of a course and their pictures together, once.

    A lesson may ask about each one before it. The bodies are rendered as they are
    needed.
    """

    def read() -> bool:
        ids = [lesson.page_id for lesson in course.lessons]
        pages = LessonPage.objects.in_bulk(ids)
        read_pictures(page.body for page in pages.values())
        for page in pages.values():
            _keep(page, generation)
        return True

    remembered(("lessons read", course.page_id), generation, read)


def _lesson(page_id: int, generation: int) -> LessonPage:
    return remembered(
        ("lesson", page_id), generation, lambda: LessonPage.objects.get(pk=page_id)
    )


def _keep(page: LessonPage, generation: int) -> None:
    remembered(("lesson", page.pk), generation, lambda: page)


def compose_body(
    page: LessonPage, lesson_path: str, generation: int | None
) -> LessonBody:
    """Render a lesson's stream; without generation (CMS preview) nothing is kept."""
    segments = render_stream(page.body, key=(page.pk, "body"), generation=generation)
    exercises = {
        segment.value["key"]: Exercise(
            type_name=segment.block_type,
            key=segment.value["key"],
            block_id=segment.block_id,
            definition=segment.value,
            arrangement=page.arrangements.get(segment.value["key"], ""),
        )
        for segment in segments
        if _is_exercise(segment)
    }
    fresh = {key: _form(exercise, lesson_path) for key, exercise in exercises.items()}
    labs = {b.id or "": b.value["lab"] for b in page.body if b.block_type == "lab"}
    return LessonBody(segments, exercises, fresh, labs, generation)


def paper_html(stream: Any, *, key: Any, generation: int) -> list[str]:
    """Render a stream without exercises: a teacher's page, a worksheet, an intro."""
    segments = render_stream(stream, key=key, generation=generation)
    return [segment.html or "" for segment in segments]


def lesson_paper(page_id: int, kind: str, *, generation: int) -> list[str]:
    """Render what a lesson has for paper: its ``teacher`` page or ``worksheet``."""
    page = LessonPage.objects.get(pk=page_id)
    html = paper_html(getattr(page, kind), key=(page_id, kind), generation=generation)
    return [unfolded(each) for each in html]
