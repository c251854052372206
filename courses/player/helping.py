"""“I am stuck”: offered where a group of the learner agreed to help (level 3)."""

from collections.abc import Iterable
from dataclasses import dataclass

from courses.catalogue.library import LessonEntry
from courses.groups import ledger
from courses.groups.levels import FactState, Scope, Visibility, exercise_object
from courses.groups.opening import Opening
from courses.groups.queries import Sharing, states_of


@dataclass(frozen=True)
class HelpOffer:
    """Exercises of a lesson that help can be asked for, and where it was asked for.

    ``exercises`` are their numbers in the lesson and their ids, without solved ones.
    """

    exercises: tuple[tuple[int, str], ...]
    asked: frozenset[str]


def help_offer(
    sharings: Iterable[Sharing], lesson: LessonEntry, opening: Opening
) -> HelpOffer | None:
    """Return what can be asked for; nothing without a group that agreed to it.

    One statement for a member of such a group. Where solutions are closed, nothing
    tells which exercises are solved.
    """
    helping = {key: _helping(sharings, lesson, key) for key in lesson.exercise_keys}
    members = {each.membership_id for groups in helping.values() for each in groups}
    if not members:
        return None
    states = states_of(members)

    def in_state(state: FactState) -> frozenset[str]:
        return frozenset(
            key
            for key in lesson.exercise_keys
            if states.get(exercise_object(lesson.key, key)) == state
        )

    solved = in_state(FactState.SOLVED) - opening.sealed
    exercises = tuple(
        (number, key)
        for number, key in enumerate(lesson.exercise_keys, start=1)
        if helping[key] and key not in solved
    )
    return HelpOffer(exercises, in_state(FactState.HELP))


def tell(
    sharings: Iterable[Sharing], lesson: LessonEntry, key: str, *, stuck: bool
) -> bool:
    """Tell the groups that agreed to it that somebody is stuck, or no more.

    Returns whether there is such a group.
    """
    about = exercise_object(lesson.key, key)
    helping = _helping(sharings, lesson, key)
    for sharing in helping:
        if stuck:
            ledger.ask_for_help(sharing, about)
        else:
            ledger.withdraw_help(sharing, about)
    return bool(helping)


def _helping(
    sharings: Iterable[Sharing], lesson: LessonEntry, exercise_key: str
) -> list[Sharing]:
    """Return the groups that agreed to help and have the exercise among their tasks."""
    return [
        sharing
        for sharing in sharings
        if sharing.level == Visibility.HELP
        and any(_holds(scope, lesson, exercise_key) for scope in sharing.scopes)
    ]


def _holds(scope: Scope, lesson: LessonEntry, exercise_key: str) -> bool:
    return scope.lesson_key in (None, lesson.key) and scope.exercise_key in (
        "",
        exercise_key,
    )
