"""Somebody at a final test: what its pages, and each reply to a form, are made of."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import override

from content.memory import remembered
from content.requests import generation_of, offer_languages
from courses.catalogue.keys import exercise_blocks
from courses.catalogue.library import (
    CourseEntry,
    FinalTestEntry,
    LessonEntry,
    library,
    shelf_of,
)
from courses.catalogue.models import FinalTestPage
from courses.catalogue.tryout import exercise_of
from courses.exercises.drawing import draw
from courses.exercises.grading import Exercise
from courses.exercises.types.base import Answer
from courses.progress import runs
from courses.progress.learners import Learner, learner_of
from courses.progress.runs import Item, Questions, Rules, Run, Standing

from .presenting import course_url_in
from .visits import is_for_another

#: Lessons named after a goal that was missed: more would be the outline again.
MOST_HELP = 2


@dataclass(frozen=True)
class FinalTestBody:
    """What is read of a final test's page: the intro, all questions, the open ones."""

    intro: str
    questions: Mapping[str, Exercise]
    open_questions: Mapping[str, Exercise]


@dataclass(frozen=True)
class Question:
    """A question of a run in its place, from 1."""

    number: int
    item: Item
    exercise: Exercise
    answer: Answer | None = None


@dataclass(frozen=True)
class Sitting:
    """A request about a final test, with what is kept of its reader's runs."""

    request: HttpRequest
    learner: Learner
    course: CourseEntry
    test: FinalTestEntry
    body: FinalTestBody
    standing: Standing
    #: How the addresses of its pages are called: that of the first one.
    pages: str = "final_test"
    #: Keys of questions met elsewhere of late: they come where no others are left.
    seen: frozenset[str] = frozenset()

    @property
    def ways(self) -> dict[str, str]:
        """The names of its pages' addresses, for templates."""
        names = ("begin", "question", "overview", "hand_in", "result")
        return {"start": self.pages} | {name: f"{self.pages}_{name}" for name in names}

    @property
    def questions(self) -> Questions:
        """The questions that may be asked today: visitors never meet reserved ones."""
        body = self.body
        return body.questions if self.learner.meets_reserved else body.open_questions

    @property
    def rules(self) -> Rules:
        """The rules a run begins under today."""
        return Rules(self.test.pass_mark, self.test.attempts, self.course.as_of)

    @property
    def goals(self) -> list[str]:
        """Ids of the course's goals."""
        return [goal["id"] for goal in self.course.goals]

    @property
    def count(self) -> int:
        """How many questions a new run has."""
        return len(draw(self.test.pool, self.goals, self.test.per_goal, "count"))

    @property
    def attempts_left(self) -> int | None:
        """How often the test may still be begun; None for any number."""
        return runs.attempts_left(self.standing, self.rules)

    @cached_property
    def run(self) -> Run | None:
        """The open run as it can be asked today."""
        run = self.standing.open_run
        return runs.asked(run, self.questions) if run else None

    @cached_property
    def asked(self) -> list[Question]:
        """The questions of the open run in their places."""
        if self.run is None:
            return []
        return [
            Question(
                number,
                item,
                self.seeded(self.run, self.questions[item.key]),
                runs.answer_to(self.run, item, self.questions[item.key]),
            )
            for number, item in enumerate(self.run.items, start=1)
        ]

    @property
    def first_open(self) -> Question | None:
        """The first question without an answer."""
        return next((q for q in self.asked if not q.item.is_answered), None)

    @property
    def is_for_another(self) -> bool:
        """Whether the form was loaded for somebody else than who learns now."""
        return is_for_another(self.request, self.learner)

    def seeded(self, run: Run, exercise: Exercise) -> Exercise:
        """Return a question with the order its parts have in a run."""
        return runs.seeded(run.id, exercise)

    def begin(self, after: str) -> Standing:
        """Draw and begin a run, maybe from the whole pool; raises ``Refused``.

        No question of the last run, and none that was ``seen``, comes again where its
        goal has others.
        """
        run_id = runs.new_run_id()
        last = self.standing.run
        drawn = draw(
            self.test.pool,
            self.goals,
            self.test.per_goal,
            runs.seed_of(run_id),
            evidence=self.learner.meets_reserved,
            last=self.seen.union(item.key for item in last.items)
            if last
            else self.seen,
        )
        return self.learner.begin_test(
            self.course.key, drawn, run_id=run_id, after=after, rules=self.rules
        )

    def helping_lessons(self, goal: str) -> list[LessonEntry]:
        """Return the lessons that teach a goal most, at most :data:`MOST_HELP`.

        Later lessons that ask about it once more do not teach it.
        """

        def weight(lesson: LessonEntry) -> int:
            return list(lesson.exercise_goals.values()).count(goal)

        teaching = [lesson for lesson in self.course.lessons if goal in lesson.goals]
        most = sorted(teaching, key=weight, reverse=True)[:MOST_HELP]
        return [lesson for lesson in self.course.lessons if lesson in most]


def sitting_at(
    request: HttpRequest,
    course: CourseEntry,
    *,
    learner: Learner | None = None,
    pages: str = "final_test",
) -> Sitting:
    """Return the sitting at the test of a course, of who learns unless told.

    Raises 404 for a course without test.
    """
    if course.test is None:
        raise Http404
    generation = generation_of(request)
    offer_languages(
        request, lambda code: _url_in(code, generation, course, request, pages)
    )
    learner = learner or learner_of(request)
    body = test_body(course.test.page_id, generation)
    standing = learner.final_test(course.key)
    return Sitting(request, learner, course, course.test, body, standing, pages)


def sitting_of(request: HttpRequest, course_slug: str) -> Sitting:
    """Return the sitting of a request, or raise 404."""
    shelf = shelf_of(request)
    course = shelf.by_slug.get(course_slug)
    if course is None:
        raise Http404
    return sitting_at(request, course)


def test_body(page_id: int, generation: int) -> FinalTestBody:
    """Return a published test, from memory when the content is unchanged."""

    def read() -> FinalTestBody:
        page = FinalTestPage.objects.get(pk=page_id)
        blocks = {block.value["key"]: block for block in exercise_blocks(page.pool)}
        questions = {
            key: replace(exercise_of(block), arrangement=page.arrangements.get(key, ""))
            for key, block in blocks.items()
        }
        open_questions = {
            key: questions[key]
            for key, block in blocks.items()
            if not block.value["reserved"]
        }
        return FinalTestBody(page.intro, questions, open_questions)

    return remembered(("test", page_id), generation, read)


def _url_in(
    code: str, generation: int, course: CourseEntry, request: HttpRequest, pages: str
) -> str:
    """Return the way to the same page in another language, else to the course there."""
    there = library(code, generation).by_key.get(course.key)
    if there is None or there.test is None:
        return course_url_in(code, generation, course)
    match = request.resolver_match
    name = match.view_name if match and request.method == "GET" else pages
    values: dict[str, Any] = {**(match.kwargs if match else {})}
    values["course_slug"] = there.slug
    if name == pages:
        values.pop("number", None)
    with override(code):
        return reverse(name, kwargs=values)
