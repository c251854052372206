"""Who may do what with a group: the one table of permissions.

Checked here and, for objects, in the queries of :mod:`courses.groups.queries`.
"""

from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """How somebody stands to a group."""

    TEACHER = "teacher"
    MANAGER = "manager"
    AUDITOR = "auditor"
    #: Who runs the site: somebody names the first manager.
    OPERATOR = "operator"
    MEMBER = "member"
    OUTSIDER = "outsider"


class Action(StrEnum):
    """What can be done with a group or an organisation."""

    SEE_BOARD = "see_board"
    SEE_CONTRACT = "see_contract"
    ASSIGN = "assign"
    ASK = "ask"
    LET_IN = "let_in"
    SET_DATES = "set_dates"
    ANNOUNCE = "announce"
    REMOVE_MEMBER = "remove_member"
    END_GROUP = "end_group"
    OPEN_GROUP = "open_group"
    MANAGE_PEOPLE = "manage_people"
    NAME_DEPUTIES = "name_deputies"
    RUN_TRAINING = "run_training"
    CONFIRM = "confirm"
    SEE_DUE = "see_due"
    AUDIT = "audit"
    TAKE_PART = "take_part"
    LEAVE = "leave"


ALLOWED: Final[dict[Role, frozenset[Action]]] = {
    Role.TEACHER: frozenset(
        {
            Action.SEE_BOARD,
            Action.SEE_CONTRACT,
            Action.ASSIGN,
            Action.ASK,
            Action.LET_IN,
            Action.SET_DATES,
            Action.ANNOUNCE,
            Action.REMOVE_MEMBER,
            Action.END_GROUP,
            Action.OPEN_GROUP,
            # Who was at a session: names for ticking, never what is open or done.
            Action.CONFIRM,
        }
    ),
    # Managers keep order, they do not look over shoulders.
    Role.MANAGER: frozenset(
        {
            Action.END_GROUP,
            Action.OPEN_GROUP,
            Action.MANAGE_PEOPLE,
            Action.NAME_DEPUTIES,
            Action.RUN_TRAINING,
            Action.CONFIRM,
            Action.SEE_DUE,
            Action.AUDIT,
        }
    ),
    Role.AUDITOR: frozenset({Action.AUDIT}),
    Role.OPERATOR: frozenset({Action.MANAGE_PEOPLE, Action.NAME_DEPUTIES}),
    Role.MEMBER: frozenset({Action.SEE_CONTRACT, Action.TAKE_PART, Action.LEAVE}),
    Role.OUTSIDER: frozenset(),
}


def roles_that_may(action: Action) -> frozenset[Role]:
    """Return the roles that allow an action."""
    return frozenset(role for role, actions in ALLOWED.items() if action in actions)
