"""The live question of a room: what is asked, and what may be shown of the answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from content.labs import registry as labs
from content.requests import generation_of
from courses.catalogue.library import LessonEntry, library
from courses.exercises.grading import (
    Exercise,
    ExerciseState,
    modules_of,
    render,
    render_paper,
)
from courses.exercises.types.base import AnswerError
from courses.groups.counting import Chart, percent_together, percentages
from courses.groups.rooms import Kind, Room, Running

from .body import lesson_body

RIGHT, WRONG = 0, 1


@dataclass(frozen=True)
class Label:
    """What an option says; ``is_right`` only once the solution is shown."""

    text: Any
    is_right: bool = False


@dataclass(frozen=True)
class Bar:
    """One line of a chart: of one option, or of several that share it."""

    labels: tuple[Label, ...]
    percent: int

    @property
    def is_right(self) -> bool:
        """Whether it is the line of what is right, and of that alone."""
        return len(self.labels) == 1 and self.labels[0].is_right


@dataclass(frozen=True)
class LiveQuestion:
    """A question that runs: an exercise of a lesson, a poll, or a lab's decision.

    ``title`` is what is asked, where no exercise says it itself.
    ``options`` are what answers are counted by. Where an exercise has none that could
    be listed, they are “right” and “not right yet”.
    """

    running: Running
    options: Sequence[Any]
    right: frozenset[int] = frozenset()
    exercise: Exercise | None = None
    title: str = ""

    @property
    def has_solution(self) -> bool:
        """Whether something is right about it."""
        return self.exercise is not None

    @property
    def modules(self) -> tuple[str, ...]:
        """What the question type brings along."""
        return modules_of([self.exercise] if self.exercise else [])

    def form(self, action: str, refused: AnswerError | None = None) -> str:
        """Return the exercise's form, without any solution; others have their own."""
        if self.exercise is None:
            return ""
        return render(
            self.exercise,
            ExerciseState.refused(refused) if refused else None,
            action=action,
            layout="courses/room/question.html",
            running=self.running,
        )

    def on_paper(self) -> str:
        """Return the exercise as it is read, with its solution once that is shown."""
        if self.exercise is None:
            return ""
        return render_paper(
            self.exercise,
            solved=self.running.shows_solution,
            layout="courses/room/projected.html",
        )

    def takes(self, data: QueryDict) -> bool:
        """Whether what was sent answers this question, while it is open."""
        is_this = data.get("number") == str(self.running.number)
        return is_this and not self.running.shows_solution

    def read(self, data: QueryDict) -> list[int]:
        """Return what somebody chose; raises ``AnswerError``."""
        if self.exercise is None:
            return [_read_option(data, len(self.options))]
        answer = self.exercise.read_answer(data)
        if self.exercise.type.options(self.exercise.definition):
            return list(answer)
        return [RIGHT if self.exercise.grade(answer).solved else WRONG]

    def bars(self, chart: Chart) -> list[Bar]:
        """Return a chart in lines; what is right, once the solution is shown.

        They are in the order of the question. What shares a line comes last, so that
        no place tells how often it was chosen.
        """
        shows = self.running.shows_solution
        alone, together = [], []
        shares = zip(self.options, percentages(chart), strict=False)
        for number, (text, percent) in enumerate(shares):
            label = Label(text, shows and number in self.right)
            if percent is None:
                together.append(label)
            else:
                alone.append(Bar((label,), percent))
        shared = Bar(tuple(together), percent_together(chart))
        return [*alone, shared] if together else alone


def lesson_of(request: HttpRequest, running: Running) -> LessonEntry | None:
    """Return the lesson that runs, or of which an exercise does.

    In the reader's language, else in the first that has it.
    """
    if running.lesson_key is None:
        return None
    languages = [get_language() or "", *(code for code, _name in settings.LANGUAGES)]
    shelves = (library(code, generation_of(request)) for code in languages)
    found = (shelf.lesson(running.lesson_key) for shelf in shelves)
    return next((lesson for lesson in found if lesson), None)


def askable(request: HttpRequest, lesson: LessonEntry) -> list[Exercise]:
    """Return the exercises of a lesson that can be asked live.

    Not those that are never sent, nor stories, which take several answers.
    """
    body = lesson_body(lesson.page_id, generation_of(request), lesson.path)
    return [
        exercise
        for exercise in body.exercises.values()
        if exercise.type.graded and not exercise.type.in_steps
    ]


def question_of(request: HttpRequest, room: Room) -> LiveQuestion | None:
    """Return the live question of a room; None where a lesson or nothing runs.

    Also where the exercise is gone, because the lesson was changed.
    """
    running = room.running
    if running is None or not running.is_question:
        return None
    if running.kind == Kind.POLL:
        return LiveQuestion(running, running.options, title=running.question)
    if running.kind == Kind.LAB:
        decision = decision_of(running.lab)
        return _decided(running, decision) if decision else None
    lesson = lesson_of(request, running)
    known = {each.key: each for each in askable(request, lesson)} if lesson else {}
    exercise = known.get(running.exercise_key)
    return _asked(running, exercise) if exercise else None


def decision_of(name: str) -> Mapping[str, Any] | None:
    """Return the decision a lab leads to: ``question``, and ``options`` by name.

    None where it leads to none that could be offered to others.
    """
    lab = labs.find(name)
    return lab.words.get("decision") if lab else None


def _decided(running: Running, decision: Mapping[str, Any]) -> LiveQuestion:
    options = tuple(decision["options"].values())
    return LiveQuestion(running, options, title=decision["question"])


def _asked(running: Running, exercise: Exercise) -> LiveQuestion:
    # A block may stand on the page of its lesson too; here it is another form.
    live = replace(exercise, block_id=f"live{running.number:04}")
    kind, definition = exercise.type, exercise.definition
    options = kind.options(definition)
    if options:
        right = frozenset(kind.solution(definition))
        return LiveQuestion(running, options, right, live)
    labels = (_("Right"), _("Not right yet"))
    return LiveQuestion(running, labels, frozenset({RIGHT}), live)


def _read_option(data: QueryDict, count: int) -> int:
    chosen = data.get("option", "")
    if chosen.isascii() and chosen.isdigit() and int(chosen) < count:
        return int(chosen)
    raise AnswerError(_("Choose one option, then send the answer."))
