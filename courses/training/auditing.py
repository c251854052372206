"""What a staff council or a data-protection officer is shown: facts about the system.

Nothing here is about anybody: the sample reports show invented people.
"""

from datetime import date
from typing import Final
from uuid import UUID, uuid5

from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from courses.groups.models import Organisation
from courses.groups.roles import ALLOWED, Action, Role
from courses.groups.titles import role_name

from .evidence import valid_until
from .models import DEFAULT_VALID_MONTHS, Renewal, Unit
from .queries import UnitTree
from .reports import Report
from .states import State, Status, last_day

NAMESPACE: Final = UUID("5b0f3a52-6f4c-4c5a-9d0e-3f6f5a1d2b77")

ACTIONS: Final[dict[Action, str | Promise]] = {
    Action.SEE_BOARD: _("see the board of a group, as far as its level goes"),
    Action.SEE_CONTRACT: _("read what a group has agreed on"),
    Action.ASSIGN: _("give a group lessons and tasks"),
    Action.LET_IN: _("let people into a group and print cards"),
    Action.SET_DATES: _("set the dates of a group"),
    Action.ANNOUNCE: _("write to a group"),
    Action.ASK: _("ask a group a live question, counted without names"),
    Action.REMOVE_MEMBER: _("take somebody out of a group"),
    Action.END_GROUP: _("erase a group"),
    Action.OPEN_GROUP: _("open a group"),
    Action.MANAGE_PEOPLE: _("give and end roles"),
    Action.NAME_DEPUTIES: _("name deputies of a group"),
    Action.RUN_TRAINING: _("keep the list of employees and assign courses"),
    Action.CONFIRM: _("confirm who took part in a session in person"),
    Action.SEE_DUE: _("see who is open and who is done"),
    Action.AUDIT: _(
        "read what is stored, who may do what, for how long it is kept, and which "
        "groups there are with what each has agreed on"
    ),
    Action.TAKE_PART: _("see what a group knows of oneself, and its dates"),
    Action.LEAVE: _("leave a group"),
}


def roles_table() -> list[tuple[str, list[str]]]:
    """Return each role of staff, and of the site, with what it may do, in words."""
    staff = (Role.MANAGER, Role.TEACHER, Role.AUDITOR)
    names = {role: role_name(role.value) for role in staff}
    names[Role.OPERATOR] = str(_("Administration of the site (CMS)"))
    return [
        (name, [str(ACTIONS[a]) for a in Action if a in ALLOWED[role]])
        for role, name in names.items()
    ]


def sample_report() -> Report:
    """Return a list as the management gets it, of people who do not exist."""
    unit = Unit(pk=uuid5(NAMESPACE, "unit"), name=str(_("Citizens' office")))
    path = (unit.name,)
    tree = UnitTree({unit.pk: unit}, {path: unit}, {unit.pk: path})
    today = timezone.localdate()
    month = today.replace(day=1)
    end = valid_until(Renewal.ROLLING, DEFAULT_VALID_MONTHS, month)
    version = date(today.year, 1, 1).isoformat()
    states = [
        State(unit.pk, "Aylin Yıldız", Status.DONE, month, end, version),
        State(unit.pk, "Jana Wolf", Status.DEFERRED),
        State(unit.pk, "Kofi Mensah", Status.OPEN),
        State(unit.pk, "Samir Haddad", Status.OPEN, ended=last_day(month, -2)),
    ]
    return Report(today, tree, states)


def changes() -> str:
    """Return the change log of the software, as it was delivered; English."""
    file = settings.BASE_DIR / "CHANGELOG.md"
    return file.read_text(encoding="utf-8") if file.exists() else ""


def group_period(organisation: Organisation) -> str:
    """Return until when groups are kept: those of schools go by the school year."""
    if organisation.is_school:
        return str(
            _(
                "until the school year ends in which they end (31 July), at least to "
                "the day after their end"
            )
        )
    days = organisation.retention_days
    return ngettext(
        "%(count)d day after their end", "%(count)d days after their end", days
    ) % {"count": days}
