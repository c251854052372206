"""What may be asked again: the goals somebody has met, and what is due of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from courses.catalogue.library import CourseEntry, LessonEntry, Library
from courses.exercises.grading import Exercise
from courses.exercises.types.base import Answer, Sureness
from courses.progress.cookie import exercise_number
from courses.progress.learners import Learner
from courses.review.queries import CardKey
from courses.review.rememberers import Rememberer
from courses.review.schedule import Memory, reviewed

#: How many questions make a round.
ROUND = 10


@dataclass(frozen=True)
class Item:
    """A question of a lesson."""

    lesson: LessonEntry
    exercise_key: str

    @property
    def number(self) -> int:
        """What stands for the question on a card."""
        return exercise_number(f"{self.lesson.key}/{self.exercise_key}")


@dataclass(frozen=True)
class MetGoal:
    """A goal of a course with the questions about it in lessons already begun."""

    course: CourseEntry
    goal: str
    items: tuple[Item, ...]
    #: The last day on which one of them was answered in a lesson.
    day: date

    @property
    def key(self) -> CardKey:
        """The key of its card."""
        return self.course.key, self.goal

    @property
    def first_due(self) -> date:
        """The day after: what was answered a moment ago proves no memory."""
        return self.day + timedelta(days=1)

    def next_item(self, memory: Memory | None) -> Item:
        """Return the question to ask."""
        return next_item(self.items, memory)


def next_item(items: Sequence[Item], memory: Memory | None) -> Item:
    """Return the question to ask: another one than last time, all in turn."""
    numbers = [item.number for item in items]
    last = memory.last_item if memory else 0
    at = numbers.index(last) + 1 if last in numbers else 0
    return items[at % len(items)]


def met_goals(shelf: Library, learner: Learner) -> list[MetGoal]:
    """Return every goal of which a question was answered, course by course."""
    exercises = {k.key: k.exercise_keys for c in shelf.courses for k in c.lessons}
    answered = learner.answered_exercises(exercises)
    return [goal for course in shelf.courses for goal in _met_in(course, answered)]


def _met_in(
    course: CourseEntry, answered: Mapping[UUID, Mapping[str, date]]
) -> list[MetGoal]:
    begun = [lesson for lesson in course.lessons if lesson.key in answered]
    found = []
    for goal, items in items_by_goal(course, begun).items():
        days = [
            answered[item.lesson.key][item.exercise_key]
            for item in items
            if item.exercise_key in answered[item.lesson.key]
        ]
        if days:
            found.append(MetGoal(course, goal, items, max(days)))
    return found


def items_by_goal(
    course: CourseEntry, lessons: Iterable[LessonEntry]
) -> dict[str, tuple[Item, ...]]:
    """Return the questions of some lessons by goal, in the course's order."""
    items = [
        (goal, Item(lesson, key))
        for lesson in lessons
        for key, goal in lesson.exercise_goals.items()
    ]
    found = {
        goal["id"]: tuple(item for served, item in items if served == goal["id"])
        for goal in course.goals
    }
    return {goal: of_it for goal, of_it in found.items() if of_it}


def due_goals(
    goals: list[MetGoal], rememberer: Rememberer, today: date
) -> list[MetGoal]:
    """Return what is due, longest waiting first."""
    dated = [(due_day(goal, rememberer), goal) for goal in goals]
    due = [(day, number) for number, (day, _goal) in enumerate(dated) if day <= today]
    return [goals[number] for _day, number in sorted(due)]


def due_day(goal: MetGoal, rememberer: Rememberer) -> date:
    """Return when a goal is due; one met since is asked from the next day on."""
    memory = rememberer.memory(goal.key)
    return memory.due if memory else goal.first_due


def note_answer(
    rememberer: Rememberer,
    goal: MetGoal,
    item: Item,
    exercise: Exercise,
    given: Answer,
    *,
    sureness: Sureness | None,
    today: date,
) -> Memory | None:
    """Change a goal's card if it was due, and return it; None where reviews are off.

    A second click, or an answer before its time, changes nothing.
    """
    if not rememberer.is_on:
        return None
    before = rememberer.memory(goal.key)
    if due_day(goal, rememberer) > today:
        return before
    recall = exercise.type.rating(exercise.definition, exercise.grade(given), sureness)
    after = reviewed(before or Memory(due=today), recall, today, item=item.number)
    rememberer.keep(goal.key, after)
    return after
