"""“I am stuck”: offered where a group of the learner agreed to help (level 3)."""

from dataclasses import dataclass

from courses.catalogue.library import CourseEntry, LessonEntry
from courses.groups import ledger
from courses.groups.levels import FactState, Scope, Visibility, exercise_object
from courses.groups.queries import Sharing, sharings_of, states_of
from courses.progress.learners import AccountLearner, Learner


@dataclass(frozen=True)
class HelpOffer:
    """Exercises of a lesson by number: where help was asked for, which are solved."""

    keys: tuple[str, ...]
    asked: frozenset[str]
    solved: frozenset[str]


def help_offer(
    learner: Learner, course: CourseEntry, lesson: LessonEntry
) -> HelpOffer | None:
    """Return what can be asked for; nothing without a group that agreed to it.

    One statement for an account, a second one for a member of such a group.
    """
    sharings = _helping(learner, course, lesson)
    if not sharings or not lesson.exercise_keys:
        return None
    states = states_of(each.membership_id for each in sharings)

    def in_state(state: FactState) -> frozenset[str]:
        return frozenset(
            key
            for key in lesson.exercise_keys
            if states.get(exercise_object(lesson.key, key)) == state
        )

    return HelpOffer(
        lesson.exercise_keys, in_state(FactState.HELP), in_state(FactState.SOLVED)
    )


def tell(
    learner: Learner, course: CourseEntry, lesson: LessonEntry, key: str, *, stuck: bool
) -> bool:
    """Tell the groups that agreed to it that somebody is stuck, or no more.

    Returns whether there is such a group.
    """
    about = exercise_object(lesson.key, key)
    sharings = _helping(learner, course, lesson)
    for sharing in sharings:
        if stuck:
            ledger.ask_for_help(sharing, about)
        else:
            ledger.withdraw_help(sharing, about)
    return bool(sharings)


def _helping(
    learner: Learner, course: CourseEntry, lesson: LessonEntry
) -> list[Sharing]:
    if not isinstance(learner, AccountLearner):
        return []
    return [
        sharing
        for sharing in sharings_of(learner.user.pk, course.key)
        if sharing.level == Visibility.HELP and _covers(sharing.scopes, lesson)
    ]


def _covers(scopes: tuple[Scope, ...], lesson: LessonEntry) -> bool:
    return any(scope.lesson_key in (None, lesson.key) for scope in scopes)
