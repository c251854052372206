"""What the groups of a reader have opened; of visitors nothing is asked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from content.requests import private
from courses.catalogue.library import CourseEntry, LessonEntry, Library, shelf_of
from courses.groups.levels import counts, facts_of
from courses.groups.opening import Groups, Opening, course_is_open, opening_of
from courses.groups.queries import Sharing, memberships_of, sharings_of
from courses.progress.events import TestPassed
from courses.progress.learners import AccountLearner, Learner, learner_of

from .assigned import lines_of
from .remembering import Item, MetGoal, met_goals


def sharings_for(
    learner: Learner, course_key: UUID | None = None
) -> tuple[Sharing, ...]:
    """Return the groups that gave a reader something to do: one statement, or none."""
    if not isinstance(learner, AccountLearner):
        return ()
    return tuple(sharings_of(learner.user.pk, course_key))


def opening_in(
    sharings: Iterable[Sharing], course: CourseEntry, lesson: LessonEntry
) -> Opening:
    """Return what is open of a lesson to a member of these groups."""
    return opening_among(_given(sharings), course, lesson)


def opening_among(groups: Groups, course: CourseEntry, lesson: LessonEntry) -> Opening:
    """Return the same by what the groups gave to do."""
    return opening_of(groups, course.key, lesson.key, lesson.exercise_keys)


def _given(sharings: Iterable[Sharing]) -> list[Any]:
    return [sharing.given for sharing in sharings]


def without_sealed(goals: Iterable[MetGoal], groups: Groups) -> list[MetGoal]:
    """Return what may be asked again: no question whose solution, or which, waits."""
    given = list(groups)
    kept = []
    for goal in goals:
        items = tuple(item for item in goal.items if _is_free(goal.course, item, given))
        if items:
            kept.append(replace(goal, items=items))
    return kept


def _is_free(course: CourseEntry, item: Item, groups: Groups) -> bool:
    opening = opening_among(groups, course, item.lesson)
    key = item.exercise_key
    return opening.is_open and key not in opening.closed | opening.sealed


def goals_to_ask(shelf: Library, learner: Learner) -> list[MetGoal]:
    """Return the goals of which somebody may be asked again.

    One statement more than :func:`met_goals` for an account that has met any.
    """
    goals = met_goals(shelf, learner)
    return without_sealed(goals, _given(sharings_for(learner))) if goals else []


def closed_exercises(opening: Opening, anchors: dict[str, str]) -> dict[str, str]:
    """Return what stands in place of each exercise that is not open yet."""
    return {
        key: render_to_string(
            "courses/includes/exercise_closed.html", {"anchor": anchors[key]}
        )
        for key in opening.closed & anchors.keys()
    }


def paper_refusal(
    request: HttpRequest, course: CourseEntry, lesson: LessonEntry, *, solved: bool
) -> HttpResponse | None:
    """Return why a member gets no paper of a lesson yet; None for everybody else.

    ``solved`` says that the paper shows solutions. One statement for an account.
    """
    sharings = sharings_for(learner_of(request), course.key)
    opening = opening_in(sharings, course, lesson)
    if not opening.is_open:
        return closed_page(request, lesson.title, sharings)
    if solved and opening.sealed:
        return closed_page(request, lesson.title, sharings, is_sealed=True)
    return None


def test_refusal(
    request: HttpRequest, course: CourseEntry, sharings: Sequence[Sharing]
) -> HttpResponse | None:
    """Return why a member cannot take the final test yet; None for everybody else.

    It is part of the whole course; ``sharings`` are those of the course.
    """
    if course_is_open(_given(sharings), course.key):
        return None
    title = course.test.title if course.test else course.title
    return closed_page(request, title, sharings)


@dataclass(frozen=True)
class Hearing:
    """What a group hears of a final test that is passed: of whom, or only a number."""

    title: str
    is_counted: bool = False
    has_month: bool = False


def who_hears_of_pass(
    user: Any, course: CourseEntry, sharings: Iterable[Sharing]
) -> list[Hearing]:
    """Return which groups hear it when somebody passes the final test of a course.

    Asked of the functions that write it down, so that the page says what happens.
    """
    passed = TestPassed(user.pk, course.key, first=True)
    found = []
    for each in sharings:
        facts = facts_of(each.level, passed, each.scopes)
        if facts:
            has_month = any(fact.has_month for fact in facts)
            found.append(Hearing(each.title, has_month=has_month))
        elif each.counts and counts(each.level, passed, each.scopes):
            found.append(Hearing(each.title, is_counted=True))
    return sorted(found, key=lambda hearing: hearing.title)


def closed_page(
    request: HttpRequest,
    title: str,
    sharings: Sequence[Sharing],
    *,
    is_sealed: bool = False,
) -> HttpResponse:
    """Say that the teacher opens something later, and lead to what is open."""
    shelf = shelf_of(request)
    members = memberships_of(request.user).prefetch_related("group__tasks")
    lines = [
        line
        for member in members
        if member.group.is_running
        for line in lines_of(member.group.tasks.all(), shelf)
        if line.path
    ]
    context = {
        "title": title,
        "groups": sorted({sharing.title for sharing in sharings}),
        "lines": lines,
        "is_sealed": is_sealed,
    }
    page = render(request, "courses/not_open.html", context, status=403)
    return private(page)
