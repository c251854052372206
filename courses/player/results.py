"""The result of a final test: by goal, and question by question with its solution."""

from collections.abc import Sequence
from dataclasses import dataclass

from courses.catalogue.library import LessonEntry
from courses.exercises import grading
from courses.exercises.grading import ExerciseState
from courses.progress.runs import Item, Run, answer_to, is_of_version

from .sittings import Sitting

ANSWERED = "courses/exercises/test_answered.html"
SOLUTION = "courses/exercises/test_solution.html"


@dataclass(frozen=True)
class GoalResult:
    """What came of the questions to one goal, and where it is taught."""

    text: str
    score: int
    lessons: Sequence[LessonEntry]


@dataclass(frozen=True)
class QuestionResult:
    """What came of one question.

    ``html`` shows answer, explanation and solution; it is empty where the question is
    not in the pool any more. ``has_changed`` says that it is not the one that was
    answered. ``is_withheld``: nothing was answered and the test can be taken again, so
    the solution is not told yet.
    """

    number: int
    item: Item
    html: str
    has_changed: bool
    is_withheld: bool = False

    @property
    def is_solved(self) -> bool:
        """Whether it counts in full."""
        return self.item.score == 100

    @property
    def is_open(self) -> bool:
        """Whether nothing was answered, now or before."""
        return not self.item.is_answered and not self.item.score


@dataclass(frozen=True)
class Result:
    """All that a result page shows."""

    goals: Sequence[GoalResult]
    questions: Sequence[QuestionResult]


def result_of(sitting: Sitting, run: Run) -> Result:
    """Return what is shown of a run that was handed in.

    Scores are those of the day; answers and solutions are shown as far as the questions
    are still the ones that were asked.
    """
    texts = {goal["id"]: goal["text"] for goal in sitting.course.goals}
    scores = run.goal_scores()
    known = [goal for goal in sitting.goals if goal in scores]
    goals = [
        GoalResult(
            texts[goal],
            scores[goal],
            sitting.helping_lessons(goal) if scores[goal] < 100 else [],
        )
        for goal in known
    ]
    questions = [
        _question(sitting, run, item, number)
        for number, item in enumerate(run.items, start=1)
    ]
    return Result(goals, questions)


def _question(sitting: Sitting, run: Run, item: Item, number: int) -> QuestionResult:
    kept = sitting.questions.get(item.key)
    if kept is None:
        return QuestionResult(number, item, "", has_changed=True)
    exercise = sitting.seeded(run, kept)
    if item.is_answered and is_of_version(run, item, kept):
        state = ExerciseState(item.score, answer_to(run, item, kept))
        html = grading.render(exercise, state, layout=ANSWERED)
        return QuestionResult(number, item, html, has_changed=False)
    if not item.is_answered and not run.is_passed and sitting.attempts_left != 0:
        return QuestionResult(number, item, "", has_changed=False, is_withheld=True)
    html = grading.render_paper(exercise, solved=True, layout=SOLUTION)
    return QuestionResult(number, item, html, has_changed=item.is_answered)
