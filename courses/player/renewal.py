"""Renewing evidence: an entry check by goal, and what it leaves to be learned.

The check is practice of a visitor: drawn from the open share of the pool, kept in a
cookie of its own, told to nobody. What proves something is the test that follows.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.http import HttpRequest
from django.utils.translation import gettext as _

from courses.catalogue.library import CourseEntry, FinalTestEntry, LessonEntry
from courses.exercises.drawing import draw
from courses.progress.runs import Run
from courses.training.models import Employee

from .employee import CheckLearner
from .results import GoalResult
from .sittings import Sitting, sitting_at

#: Questions of each goal: one tells what was forgotten, the test tells what is known.
PER_GOAL = 1


@dataclass(frozen=True)
class Plan:
    """What an entry check says: the goals in their order, and the lessons to take.

    A goal is known when its questions were solved in full; lessons stand with the
    others only. ``check_minutes`` is about how long the check takes.
    """

    goals: Sequence[GoalResult]
    lessons: Sequence[LessonEntry]
    check_minutes: int

    @property
    def known(self) -> int:
        """How many goals are known."""
        return sum(goal.score == 100 for goal in self.goals)

    @property
    def lesson_minutes(self) -> int:
        """Minutes of the lessons to take."""
        return sum(lesson.minutes for lesson in self.lessons)

    @property
    def minutes(self) -> int:
        """Minutes of the check and of the lessons to take."""
        return self.check_minutes + self.lesson_minutes


def check_at(request: HttpRequest, employee: Employee, course: CourseEntry) -> Sitting:
    """Return the sitting at the entry check of a course; 404 for one without test."""
    learner = CheckLearner(request, employee)
    sitting = sitting_at(request, course, learner=learner, pages="renewal")
    check = replace(sitting.test, title=_("Entry check"), per_goal=PER_GOAL, attempts=0)
    return replace(sitting, test=check)


def check_minutes(test: FinalTestEntry, goals: Sequence[str]) -> int:
    """Return about how long the check of a test takes: its share of it, rounded up."""
    asked = len(draw(test.pool, goals, PER_GOAL, "count"))
    whole = len(draw(test.pool, goals, test.per_goal, "count"))
    return -(-test.minutes * asked // whole)


def minutes_of(check: Sitting) -> int:
    """Return about how long a check takes."""
    test = check.course.test
    return check_minutes(test, check.goals) if test else 0


def plan_of(sitting: Sitting, run: Run) -> Plan:
    """Return what is left to learn after a check; a goal not asked counts as missed."""
    scores = run.goal_scores()
    goals = [
        _goal(sitting, goal["id"], goal["text"], scores.get(goal["id"], 0))
        for goal in sitting.course.goals
    ]
    helping = {lesson.key for goal in goals for lesson in goal.lessons}
    lessons = [each for each in sitting.course.lessons if each.key in helping]
    return Plan(goals, lessons, minutes_of(sitting))


def _goal(sitting: Sitting, name: str, text: str, score: int) -> GoalResult:
    lessons = sitting.helping_lessons(name) if score < 100 else []
    return GoalResult(text, score, lessons)
