"""The run of a final test, as pure values: drawn, answered, handed in.

Rows and the signed cookie both load a :class:`Standing`, let one of the functions here
make the next, and save it. Nothing else decides what becomes of a test.

Answers are graded when they are given. Until the test is handed in, nothing of that can
be read even by whoever looks into the cookie: scores and versions are sealed.

The pool may change while a run is open. Whoever had answered loses nothing: the earlier
result is set aside, the question (or, where it left the pool, another of its goal) is
asked anew, and the better result counts. What was handed in never changes.
"""

import json
import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final

from django.utils.crypto import constant_time_compare

from courses.exercises.drawing import PoolItem, replacement
from courses.exercises.grading import Exercise
from courses.exercises.types.base import Answer

from .models import FinalTestState
from .sealing import is_seal_of, seal, sealed_score, seals
from .state import FULL, Pass

#: A pass is kept against a worse one for this long: a yearly renewal replaces it.
PASS_STANDS: Final = timedelta(days=180)

#: The open questions of a test by their key, as they stand in the pool today.
Questions = Mapping[str, Exercise]


class Reason(StrEnum):
    """Why a run takes no answer."""

    OTHER_RUN = "other"
    HANDED_IN = "handed-in"
    NO_ATTEMPTS = "no-attempts"
    NO_ROOM = "no-room"
    LAPSED = "lapsed"


class Refused(Exception):
    """Nothing was changed; ``reason`` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Rules:
    """The rules a run begins under. ``attempts`` 0 means any number."""

    pass_mark: int
    attempts: int = 0
    version: date | None = None


@dataclass(frozen=True)
class Item:
    """A drawn question and what came of it.

    ``answer`` is kept as it was shown in this run, see :func:`answer_to`: in the
    author's numbers, the answer to an ordering would tell the right order.
    ``mark`` seals the version that was answered, ``seal`` the score; both are empty for
    an open question. ``kept`` seals the result of an answer to an earlier version.
    ``score`` is known once the test is handed in; ``earlier`` says that it is the kept
    one.
    """

    key: str
    goal: str
    answer: Answer = None
    mark: str = ""
    seal: str = ""
    kept: str = ""
    score: int | None = None
    earlier: bool = False

    @property
    def is_answered(self) -> bool:
        """Whether there is an answer."""
        return bool(self.mark)


@dataclass(frozen=True)
class Run:
    """A test that was begun; ``id`` is random and names no person.

    ``version`` is that of the course when it began. ``begun`` is the day of that, kept
    only where an open run ends by itself; one that did has ``lapsed``.
    """

    id: str
    items: tuple[Item, ...]
    pass_mark: int
    handed_in: bool = False
    version: date | None = None
    begun: date | None = None
    lapsed: bool = False

    @property
    def open_count(self) -> int:
        """How many questions are not answered."""
        return sum(not item.is_answered for item in self.items)

    @property
    def score(self) -> int:
        """The result in per cent; 0 before the test is handed in."""
        return mean(item.score or 0 for item in self.items)

    @property
    def is_passed(self) -> bool:
        """Whether the result reaches the pass mark."""
        return self.handed_in and self.score >= self.pass_mark

    def goal_scores(self) -> dict[str, int]:
        """Return the result of each goal in per cent."""
        scores: dict[str, list[int]] = {}
        for item in self.items:
            scores.setdefault(item.goal, []).append(item.score or 0)
        return {goal: mean(each) for goal, each in scores.items()}

    def solved_goals(self) -> set[str]:
        """Return the goals whose questions were all solved in full."""
        missed = {item.goal for item in self.items if item.score != FULL}
        return {item.goal for item in self.items} - missed

    def solves(self, goals: Collection[str]) -> bool:
        """Whether there are goals, and each of them was asked and solved in full."""
        return bool(goals) and self.solved_goals().issuperset(goals)


@dataclass(frozen=True)
class Standing:
    """All that is kept of somebody's final test in one course.

    ``attempts`` counts the runs handed in on ``version`` of the course.
    """

    run: Run | None = None
    attempts: int = 0
    version: date | None = None
    best: int | None = None
    passed: Pass | None = None

    @property
    def open_run(self) -> Run | None:
        """The run that can go on."""
        run = self.run
        return run if run and not run.handed_in and not run.lapsed else None

    @property
    def result(self) -> Run | None:
        """The run that was handed in last."""
        return self.run if self.run and self.run.handed_in else None

    @property
    def state(self) -> FinalTestState | None:
        """What outlines show."""
        if self.run is None:
            return None
        return FinalTestState.of(
            is_done=self.run.handed_in, is_passed=self.passed is not None
        )


def mean(scores: Iterable[int]) -> int:
    """Return the mean in per cent, halves rounded up; 0 of nothing."""
    found = list(scores)
    return (2 * sum(found) + len(found)) // (2 * len(found)) if found else 0


def new_run_id() -> str:
    """Return a random name for a run."""
    return secrets.token_hex(8)


def seed_of(run_id: str) -> str:
    """Return what decides draw and order of a run.

    The name of a run stands in its forms; the order would tell solutions.
    """
    return seal("seed", run_id)


def attempts_left(standing: Standing, rules: Rules) -> int | None:
    """Return how often the test may still be begun; None for any number."""
    if not rules.attempts:
        return None
    return max(0, rules.attempts - _attempts(standing, rules))


def seeded(run_id: str, exercise: Exercise, seed: str = "") -> Exercise:
    """Return a question with the order its parts have in a run."""
    return replace(exercise, seed=f"{seed or seed_of(run_id)}/{exercise.key}")


def form_token(run: Run, exercise: Exercise) -> str:
    """Return what ties a form to the very question it was made of."""
    return seal("form", run.id, exercise.key, exercise.fingerprint)


def is_of_version(run: Run, item: Item, exercise: Exercise) -> bool:
    """Whether an item's answer was given to the question as it stands today."""
    return is_seal_of(item.mark, *_marked(run, exercise))


def answer_to(run: Run, item: Item, exercise: Exercise) -> Answer | None:
    """Return what was answered to a question; None if it is not as it was then.

    The order that it was shown in follows from the key that its mark was made with.
    """
    pairs = zip(seals(*_marked(run, exercise)), seals("seed", run.id), strict=True)
    for mark, seed in pairs:
        if constant_time_compare(item.mark, mark):
            return seeded(run.id, exercise, seed).from_shown(item.answer)
    return None


def asked(run: Run, questions: Questions) -> Run:
    """Return an open run as it can be asked today; nothing of it is lost.

    Answers to what has changed are set aside, and questions that left the pool are
    replaced by others. A run that was handed in stays as it is.
    """
    if run.handed_in:
        return run
    taken = {item.key for item in run.items}
    items: list[Item] = []
    for item in run.items:
        if item.key in questions:
            same = is_of_version(run, item, questions[item.key])
            stays = same or not item.is_answered
            items.append(item if stays else _set_aside(run, item, item.key, item.goal))
        elif found := replacement(_pool(questions), item.goal, taken, seed_of(run.id)):
            taken.add(found.key)
            items.append(_set_aside(run, item, found.key, found.goal))
    return replace(run, items=tuple(items))


def begun(
    standing: Standing,
    drawn: Sequence[PoolItem],
    *,
    run_id: str,
    after: str,
    rules: Rules,
    today: date | None = None,
) -> Standing:
    """Begin a run, unless one is open or the form did not know of the last one.

    ``after`` is the id of the run that the form followed, empty for the first. Sent
    twice, a form begins one run. ``today`` is kept with a run that is to lapse. Raises
    ``Refused`` without attempts left.
    """
    if standing.open_run or after != (standing.run.id if standing.run else ""):
        return standing
    if attempts_left(standing, rules) == 0:
        raise Refused(Reason.NO_ATTEMPTS)
    items = tuple(Item(item.key, item.goal) for item in drawn)
    return replace(
        standing,
        run=Run(run_id, items, rules.pass_mark, version=rules.version, begun=today),
        attempts=_attempts(standing, rules),
        version=_later(standing.version, rules.version),
    )


def lapsed(standing: Standing, *, today: date, after: timedelta) -> Standing:
    """End an open run that was begun so long ago, or of which nobody knows when.

    It counts as no attempt, and its answers are gone.
    """
    run = standing.open_run
    if run is None or (run.begun and today - run.begun < after):
        return standing
    return replace(standing, run=replace(run, items=(), lapsed=True))


def refusal(standing: Standing, run_id: str) -> Reason | None:
    """Return why a form of a run changes nothing any more; None for the open run."""
    run = standing.run
    if run is None or run.id != run_id:
        return Reason.OTHER_RUN
    if run.handed_in:
        return Reason.HANDED_IN
    return Reason.LAPSED if run.lapsed else None


def answered(
    standing: Standing,
    *,
    run_id: str,
    number: int,
    answer: Answer,
    questions: Questions,
) -> Standing:
    """Grade and keep an answer to the question in place ``number`` (from 0).

    Raises ``Refused`` for any run but the open one.
    """
    run, item = _item(standing, run_id, number, questions)
    exercise = questions[item.key]
    score = exercise.grade(answer).score
    shown = seeded(run.id, exercise).as_shown(answer)
    given = replace(
        item,
        answer=shown,
        mark=seal(*_marked(run, exercise)),
        seal=seal("score", run.id, item.key, _text(shown), score),
    )
    return _with_item(standing, run, number, given)


def cleared(
    standing: Standing, *, run_id: str, number: int, questions: Questions
) -> Standing:
    """Take an answer back. Raises ``Refused`` for any run but the open one."""
    run, item = _item(standing, run_id, number, questions)
    blank = replace(item, answer=None, mark="", seal="")
    return _with_item(standing, run, number, blank)


def handed_in(
    standing: Standing, *, run_id: str, questions: Questions, today: date
) -> Standing:
    """End a run: scores are opened, the attempt counts, a pass is noted.

    A form that comes twice changes nothing the second time. Raises ``Refused`` for a
    run that is not the last one.
    """
    if standing.result and standing.result.id == run_id:
        return standing
    run = _open_run(standing, run_id)
    items = tuple(_scored(run, item) for item in _last_items(run, questions))
    run = replace(run, items=items, handed_in=True, begun=None)
    passed = standing.passed
    if run.is_passed:
        passed = better_pass(passed, Pass(today, run.score, run.version))
    return replace(
        standing,
        run=run,
        attempts=standing.attempts + 1,
        best=max(run.score, standing.best or 0),
        passed=passed,
    )


def better_pass(one: Pass | None, other: Pass | None) -> Pass | None:
    """Return which of two passes is kept, ``other`` being the later one.

    One on a newer version of the course always counts; on the same version the better
    one does, and after half a year the later one.
    """
    if one is None or other is None:
        return one or other
    if one.version != other.version:
        return other if _later(one.version, other.version) == other.version else one
    is_renewal = other.day - one.day > PASS_STANDS
    return other if is_renewal or other.score >= one.score else one


def merged(own: Standing, found: Standing) -> Standing:
    """Return an account's standing with what was found on a device.

    Nothing is lost or lowered; a run is taken only where the account has none.
    """
    versions = {own.version: own.attempts, found.version: found.attempts}
    if own.version == found.version:
        versions[own.version] = max(own.attempts, found.attempts)
    version = _later(own.version, found.version)
    results = [best for best in (own.best, found.best) if best is not None]
    passes = [each for each in (own.passed, found.passed) if each]
    earlier, later = (sorted(passes, key=lambda p: p.day) + [None, None])[:2]
    return Standing(
        run=own.run or found.run,
        attempts=versions[version],
        version=version,
        best=max(results, default=None),
        passed=better_pass(earlier, later),
    )


def items_to_json(items: Iterable[Item]) -> list[dict[str, Any]]:
    """Return items as JSON holds them: only what says something."""
    return [
        {name: value for name, value in vars(item).items() if _says(item, name, value)}
        for item in items
    ]


def items_from_json(data: Iterable[Mapping[str, Any]]) -> tuple[Item, ...]:
    """Read items again."""
    return tuple(Item(**each) for each in data)


def _says(item: Item, name: str, value: Any) -> bool:
    if name == "answer":
        return item.is_answered
    return value is not None and value != "" and value is not False


def _attempts(standing: Standing, rules: Rules) -> int:
    """Count what was handed in on the version of the rules; a newer one starts anew."""
    is_new = _later(standing.version, rules.version) != standing.version
    return 0 if is_new else standing.attempts


def _later(one: date | None, other: date | None) -> date | None:
    return max(one or date.min, other or date.min) if one or other else None


def _open_run(standing: Standing, run_id: str) -> Run:
    reason = refusal(standing, run_id)
    if reason or standing.run is None:
        raise Refused(reason or Reason.OTHER_RUN)
    return standing.run


def _item(
    standing: Standing, run_id: str, number: int, questions: Questions
) -> tuple[Run, Item]:
    run = asked(_open_run(standing, run_id), questions)
    if not 0 <= number < len(run.items):
        raise Refused(Reason.OTHER_RUN)
    return run, run.items[number]


def _with_item(standing: Standing, shown: Run, number: int, item: Item) -> Standing:
    """Change one item; what else has changed in the pool is not settled yet.

    Whoever changes the language and back finds the answers as they were given there.
    """
    kept = standing.run or shown
    items = list((kept if len(kept.items) == len(shown.items) else shown).items)
    items[number] = item
    return replace(standing, run=replace(shown, items=tuple(items)))


def _last_items(run: Run, questions: Questions) -> tuple[Item, ...]:
    """Return what counts in the end: answers as given, whatever became of the pool."""
    shown = asked(run, questions).items
    if len(shown) != len(run.items):
        return shown
    pairs = zip(run.items, shown, strict=True)
    return tuple(own if own.is_answered else new for own, new in pairs)


def _marked(run: Run, exercise: Exercise) -> tuple[str, ...]:
    return ("answered", run.id, exercise.key, exercise.fingerprint)


def _pool(questions: Questions) -> list[PoolItem]:
    return [PoolItem(key, each.definition["goal"]) for key, each in questions.items()]


def _set_aside(run: Run, item: Item, key: str, goal: str) -> Item:
    """Return an open item that keeps the best result of what was answered before.

    A result of 0 is kept like any other: what is missing would tell of it.
    """
    score = max(_given_score(run, item), _kept_score(run, item))
    was_answered = item.is_answered or bool(item.kept)
    return Item(
        key, goal, kept=seal("kept", run.id, key, score) if was_answered else ""
    )


def _scored(run: Run, item: Item) -> Item:
    given, kept = _given_score(run, item), _kept_score(run, item)
    return replace(item, seal="", kept="", score=max(given, kept), earlier=kept > given)


def _given_score(run: Run, item: Item) -> int:
    sealed_with = ("score", run.id, item.key, _text(item.answer))
    return sealed_score(item.seal, *sealed_with) or 0


def _kept_score(run: Run, item: Item) -> int:
    return sealed_score(item.kept, "kept", run.id, item.key) or 0


def _text(answer: Answer) -> str:
    return json.dumps(answer, sort_keys=True)
