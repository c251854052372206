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
    """Exercises of a lesson by number: where help was asked for, which are solved."""

    keys: tuple[str, ...]
    asked: frozenset[str]
    solved: frozenset[str]


def help_offer(
    sharings: Iterable[Sharing], lesson: LessonEntry, opening: Opening
) -> HelpOffer | None:
    """Return what can be asked for; nothing without a group that agreed to it.

    One statement for a member of such a group. Where solutions are closed, nothing
    tells which exercises are solved.
    """
    helping = _helping(sharings, lesson)
    if not helping or not lesson.exercise_keys:
        return None
    states = states_of(each.membership_id for each in helping)

    def in_state(state: FactState) -> frozenset[str]:
        return frozenset(
            key
            for key in lesson.exercise_keys
            if states.get(exercise_object(lesson.key, key)) == state
        )

    return HelpOffer(
        lesson.exercise_keys,
        in_state(FactState.HELP),
        in_state(FactState.SOLVED) - opening.sealed,
    )


def tell(
    sharings: Iterable[Sharing], lesson: LessonEntry, key: str, *, stuck: bool
) -> bool:
    """Tell the groups that agreed to it that somebody is stuck, or no more.

    Returns whether there is such a group.
    """
    about = exercise_object(lesson.key, key)
    helping = _helping(sharings, lesson)
    for sharing in helping:
        if stuck:
            ledger.ask_for_help(sharing, about)
        else:
            ledger.withdraw_help(sharing, about)
    return bool(helping)


def _helping(sharings: Iterable[Sharing], lesson: LessonEntry) -> list[Sharing]:
    return [
        sharing
        for sharing in sharings
        if sharing.level == Visibility.HELP and _covers(sharing.scopes, lesson)
    ]


def _covers(scopes: tuple[Scope, ...], lesson: LessonEntry) -> bool:
    return any(scope.lesson_key in (None, lesson.key) for scope in scopes)
