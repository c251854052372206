"""Questions of earlier lessons within a lesson: which ones, and how they are shown.

Who reviews gets what is due or weakest; anybody else the same ones each time, so that
the page of people who are not known stays the same for all.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string

from content.rendering import Segment
from content.requests import generation_of
from courses.catalogue.library import CourseEntry, LessonEntry
from courses.exercises import grading
from courses.exercises.grading import Exercise, ExerciseState
from courses.groups.queries import Sharing
from courses.progress.learners import Learner
from courses.review.rememberers import Rememberer, rememberer_of

from .body import LessonBody, lesson_body
from .frames import READER, for_reader
from .opened import opening_in
from .remembering import Item, items_by_goal, next_item

States = Mapping[tuple[UUID, str], ExerciseState]


def drawn_blocks(
    request: HttpRequest,
    course: CourseEntry,
    lesson: LessonEntry,
    blocks: Sequence[Segment],
    learner: Learner,
    states: States,
    sharings: Sequence[Sharing] = (),
) -> dict[str, str]:
    """Return the HTML of each block by its id; an answered question stays drawn.

    Lessons that a group has not opened to the reader are asked about later.
    """
    earlier = [
        each
        for each in lessons_before(course, lesson)
        if opening_in(sharings, course, each).is_open
    ]
    rememberer = rememberer_of(request)
    drawn = {}
    for block in blocks:
        items = draw(course, earlier, block.value, rememberer)
        kept = [
            i for i in _all(course, earlier) if (i.lesson.key, i.exercise_key) in states
        ]
        items = _with(items, kept)
        html = [question(request, lesson, item, states, learner) for item in items]
        context = {"exercises": html, "anchor": block.anchor}
        drawn[block.block_id] = (
            render_to_string("courses/recall.html", context) if html else ""
        )
    return drawn


def paper_blocks(
    request: HttpRequest, course: CourseEntry, lesson: LessonEntry, body: LessonBody
) -> dict[str, str]:
    """Return the HTML of each block on paper by its id: the questions for everybody."""
    printed = {}
    for block in body.recalls:
        earlier = lessons_before(course, lesson)
        items = draw_for_all(course, earlier, block.value)
        html = [grading.render_paper(exercise_of(request, item)) for item in items]
        context = {"exercises": html, "anchor": block.anchor}
        printed[block.block_id] = (
            render_to_string("courses/recall.html", context) if html else ""
        )
    return printed


def question(
    request: HttpRequest,
    lesson: LessonEntry,
    item: Item,
    states: States,
    learner: Learner,
) -> str:
    """Return a question of an earlier lesson as a form of this one."""
    exercise = exercise_of(request, item)
    html = grading.render(
        exercise,
        states.get((item.lesson.key, item.exercise_key)),
        action=f"{lesson.path}erinnern/{item.lesson.slug}/{exercise.key}/"
        f"#{exercise.anchor}",
        reader=READER,
        is_recalled=True,
    )
    return for_reader(html, learner)


def exercise_of(request: HttpRequest, item: Item) -> Exercise:
    """Return the exercise of a question."""
    body = lesson_body(item.lesson.page_id, generation_of(request), item.lesson.path)
    return body.exercises[item.exercise_key]


def question_before(
    course: CourseEntry, lesson: LessonEntry, from_slug: str, key: str
) -> Item | None:
    """Return a question of a lesson before this one by its names, if it is there."""
    named = (from_slug, key)
    items = _all(course, lessons_before(course, lesson))
    found = (i for i in items if (i.lesson.slug, i.exercise_key) == named)
    return next(found, None)


def lessons_before(course: CourseEntry, lesson: LessonEntry) -> list[LessonEntry]:
    """Return the lessons that come before one."""
    return list(course.lessons[: course.lessons.index(lesson)])


def draw(
    course: CourseEntry,
    earlier: Sequence[LessonEntry],
    block: Any,
    rememberer: Rememberer,
) -> list[Item]:
    """Return the questions to ask, each about another goal as far as there are."""
    if not rememberer.is_on:
        return draw_for_all(course, earlier, block)
    by_goal = items_by_goal(course, earlier)
    items = _weakest(course, by_goal, rememberer)
    return list(dict.fromkeys(items))[: block["count"]]


def draw_for_all(
    course: CourseEntry, earlier: Sequence[LessonEntry], block: Any
) -> list[Item]:
    """Return the questions that everybody is asked of whom nothing is remembered."""
    by_goal = items_by_goal(course, earlier)
    items = [*_fixed(block, course, earlier), *_in_turn(by_goal, len(earlier))]
    return list(dict.fromkeys(items))[: block["count"]]


def _weakest(
    course: CourseEntry, by_goal: Mapping[str, Sequence[Item]], rememberer: Rememberer
) -> list[Item]:
    """Return a question of each goal, those first that are due first."""
    memories = {goal: rememberer.memory((course.key, goal)) for goal in by_goal}
    known = {goal: memory for goal, memory in memories.items() if memory}
    order = sorted(known, key=lambda goal: known[goal].due)
    order += [goal for goal in by_goal if goal not in known]
    return [next_item(by_goal[goal], memories[goal]) for goal in order]


def _fixed(
    block: Any, course: CourseEntry, earlier: Iterable[LessonEntry]
) -> list[Item]:
    by_key = {item.exercise_key: item for item in reversed(_all(course, earlier))}
    return [by_key[key] for key in block["fixed"] if key in by_key]


def _in_turn(by_goal: Mapping[str, Sequence[Item]], turn: int) -> list[Item]:
    """Return a question of each goal, newest first; other ones in each lesson."""
    goals = list(by_goal.values())[::-1]
    first = [items[turn % len(items)] for items in goals]
    more = [item for items in goals for item in items]
    return [*first, *more]


def _all(course: CourseEntry, lessons: Iterable[LessonEntry]) -> list[Item]:
    found = items_by_goal(course, lessons).values()
    return [item for items in found for item in items]


def _with(items: list[Item], kept: list[Item]) -> list[Item]:
    """Return the drawn questions with those that were answered just now among them."""
    missing = [item for item in kept if item not in items]
    return [*missing, *items][: max(len(items), len(missing))]
