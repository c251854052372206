"""Renewing evidence: an entry check by goal, and what it leaves to be learned.

The check is a short test for evidence, drawn and kept as that one is: whoever solves
the question of every goal in full is done. For the others it names what to read again
before the whole test, and nobody learns of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.http import HttpRequest
from django.utils.translation import gettext as _

from courses.catalogue.library import CourseEntry, FinalTestEntry, LessonEntry
from courses.exercises.drawing import draw
from courses.progress.runs import Run
from courses.training.models import Employee

from .employee import CheckLearner, asked_here
from .sittings import Sitting, sitting_at

#: Questions of each goal; more would no longer be the short way.
PER_GOAL = 1


@dataclass(frozen=True)
class CheckedGoal:
    """A goal as an entry check found it; lessons stand with a missed one only."""

    text: str
    is_known: bool
    lessons: Sequence[LessonEntry]


@dataclass(frozen=True)
class Plan:
    """What an entry check says: the goals in their order, and the lessons to take.

    A goal is known when its questions were solved in full. ``test_minutes`` is about
    how long the test for evidence takes that follows where a goal was missed.
    """

    goals: Sequence[CheckedGoal]
    lessons: Sequence[LessonEntry]
    test_minutes: int

    @property
    def known(self) -> int:
        """How many goals are known."""
        return sum(goal.is_known for goal in self.goals)

    @property
    def lesson_minutes(self) -> int:
        """Minutes of the lessons to take."""
        return sum(lesson.minutes for lesson in self.lessons)

    @property
    def minutes(self) -> int:
        """Minutes of the lessons to take and of the test behind them."""
        return self.lesson_minutes + self.test_minutes


def check_at(request: HttpRequest, employee: Employee, course: CourseEntry) -> Sitting:
    """Return the sitting at the entry check of a course; 404 for one without test."""
    learner = CheckLearner(request, employee, course)
    sitting = sitting_at(request, course, learner=learner, pages="renewal")
    check = replace(sitting.test, title=_("Entry check"), per_goal=PER_GOAL)
    seen = asked_here(request, employee, course)
    return replace(sitting, test=check, seen=seen)


def check_minutes(test: FinalTestEntry, goals: Sequence[str]) -> int:
    """Return about how long the check of a test takes: its share of it, rounded up."""
    asked = len(draw(test.pool, goals, PER_GOAL, "count"))
    whole = len(draw(test.pool, goals, test.per_goal, "count"))
    return -(-test.minutes * asked // whole)


def minutes_of(check: Sitting) -> int:
    """Return about how long a check takes."""
    test = check.course.test
    return check_minutes(test, check.goals) if test else 0


def plan_of(check: Sitting, run: Run) -> Plan:
    """Return what is left to learn after a check; a goal not asked counts as missed."""
    known = run.solved_goals()
    goals = [
        _goal(check, goal["id"], goal["text"], is_known=goal["id"] in known)
        for goal in check.course.goals
    ]
    helping = {lesson.key for goal in goals for lesson in goal.lessons}
    lessons = [each for each in check.course.lessons if each.key in helping]
    return Plan(goals, lessons, check.test.minutes)


def _goal(check: Sitting, name: str, text: str, *, is_known: bool) -> CheckedGoal:
    return CheckedGoal(text, is_known, [] if is_known else check.helping_lessons(name))
