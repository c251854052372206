"""What papers are filled with: settings, periods, stored fields, roles, levels.

Each is read where it holds, so that a paper says what the software does. A fact nobody
has entered is a gap that says what is missing.
"""

from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content.feedback.models import KEEP as FEEDBACK_IS_KEPT
from content.identity import SiteIdentity
from courses.groups.levels import Visibility
from courses.groups.models import ANNOUNCED_BEFORE, Organisation
from courses.groups.retention import ACCESS_DAYS
from courses.groups.rooms import SECONDS as ROOM_SECONDS
from learnsite.accounts import limits, mailing, outbox, tombstones, upkeep
from learnsite.accounts.registry import declarations
from learnsite.accounts.retention import KEEP_UNUSED_MONTHS

from .auditing import group_period, roles_table
from .document import Table, gap
from .models import months_told
from .reminder_days import DAYS_BEFORE
from .stored import STORED


def facts_of(organisation: Organisation, identity: SiteIdentity) -> dict[str, str]:
    """Return what stands for each mark of the texts."""
    return {
        **_who(organisation, identity),
        **_periods(organisation),
        **_technics(),
        "day": date_format(timezone.localdate(), "d.m.Y"),
        "level": str(organisation.highest_level.label),
        "reminders": _reminders(organisation),
    }


# --- Who ------------------------------------------------------------------------------


def _who(organisation: Organisation, identity: SiteIdentity) -> dict[str, str]:
    address = ", ".join(identity.operator_address.splitlines())
    authority = identity.supervisory_authority
    return {
        "organisation": organisation.name,
        "site_name": identity.site_name,
        "site_url": settings.SITE_URL.rstrip("/"),
        "operator": identity.operator_name or gap(_("name of the operator")),
        "operator_address": address or gap(_("address of the operator")),
        "operator_email": identity.operator_email or gap(_("e-mail of the operator")),
        "authority": authority
        or gap(_("supervisory authority; for public bodies in NRW the LDI NRW")),
        "need": _need(organisation, identity.operator_name),
    }


def _need(organisation: Organisation, operator: str) -> str:
    """Say whether the contract is needed, as far as the settings tell."""
    if not operator:
        return gap(_("who runs the platform: the body itself, or somebody for it"))
    if operator.casefold() == organisation.name.casefold():
        return _(
            "By the settings %(organisation)s runs the platform itself. Then this "
            "contract is made not with itself, but with whoever runs the server for it."
        ) % {"organisation": organisation}
    return _(
        "By the settings %(operator)s runs the platform for %(organisation)s. As long "
        "as it does so on instructions only, this contract is needed."
    ) % {"operator": operator, "organisation": organisation}


# --- Until when -----------------------------------------------------------------------


def _periods(organisation: Organisation) -> dict[str, str]:
    return {
        "evidence_years": _years(organisation.evidence_years),
        "group_period": group_period(organisation),
        "announced_days": _days(ANNOUNCED_BEFORE.days),
        "access_days": _days(ACCESS_DAYS),
        "unused_months": _months(KEEP_UNUSED_MONTHS),
        "waiting_days": _days(outbox.KEEP.days),
        "session_days": _days(timedelta(seconds=settings.SESSION_COOKIE_AGE).days),
        "tombstone_days": _days(tombstones.KEEP.days),
        "feedback_days": _days(FEEDBACK_IS_KEPT.days),
        "room_hours": _hours(ROOM_SECONDS // 3600),
        "cookie_days": _days(timedelta(seconds=settings.PROGRESS_COOKIE_AGE).days),
        "told_months": _months(months_told(organisation.evidence_years)),
        "spent_days": _days(timedelta(seconds=settings.SPENT_RUN_AGE).days),
        "picture_hours": _hours(limits.SALT_SECONDS // 3600),
        "kiosk_days": _days(timedelta(seconds=settings.KIOSK_COOKIE_AGE).days),
        "late_hours": _hours(int(upkeep.LATE_AFTER.total_seconds()) // 3600),
    }


def _years(number: int) -> str:
    return ngettext("%(count)d year", "%(count)d years", number) % {"count": number}


def _months(number: int) -> str:
    return ngettext("%(count)d month", "%(count)d months", number) % {"count": number}


def _days(number: int) -> str:
    return ngettext("%(count)d day", "%(count)d days", number) % {"count": number}


def _hours(number: int) -> str:
    return ngettext("%(count)d hour", "%(count)d hours", number) % {"count": number}


# --- How ------------------------------------------------------------------------------


def _technics() -> dict[str, str]:
    """Return how this site runs, from its settings; passwords and keys not at all."""
    kind = settings.PASSWORD_HASHERS[0].rpartition(".")[2]
    return {
        "transport": _transport(),
        "database": _database(),
        "passwords": kind.removesuffix("PasswordHasher"),
        "mail": _mail(),
    }


def _transport() -> str:
    if not (settings.SECURE_SSL_REDIRECT and settings.SESSION_COOKIE_SECURE):
        return gap(_("how connections are guarded; the settings do not enforce HTTPS"))
    days = settings.SECURE_HSTS_SECONDS // (24 * 3600)
    if not days:
        return _("Connections by HTTPS only")
    return _("Connections by HTTPS only; browsers remember that for %(days)s") % {
        "days": _days(days)
    }


def _database() -> str:
    if connection.vendor == "sqlite":
        return _("Database: SQLite, a file on the server that only the site may read")
    return _("Database: %(kind)s, reached with an account of its own") % {
        "kind": connection.display_name
    }


def _mail() -> str:
    if not mailing.is_sent():
        return _("none; the platform sends no mail")
    return _("mail server %(host)s, for invitations, reminders and messages") % {
        "host": settings.EMAIL_HOST or gap(_("its name"))
    }


def _reminders(organisation: Organisation) -> str:
    if not (organisation.sends_reminders and mailing.is_sent()):
        return _("Nobody is reminded by mail; that is switched off.")
    return _(
        "Whoever has an address of their own on the list is reminded by mail %(first)d "
        "and %(second)d days before the due date and once on the day after, nobody "
        "else. Who was reminded is shown to no role. It is stored only up to which "
        "day, counted from the due date, reminders are settled. Under the same "
        "conditions mail tells somebody %(announced)s before that evidence of theirs "
        "is erased because newer evidence replaced it; it is stored that it was said."
    ) % {
        "first": DAYS_BEFORE[0],
        "second": DAYS_BEFORE[1],
        "announced": _days(ANNOUNCED_BEFORE.days),
    }


# --- Tables ---------------------------------------------------------------------------


def stored_table() -> Table:
    """Return what is stored of employees: every field of every table."""
    return Table(
        _("Stored of employees"),
        (_("What"), _("What exactly"), _("What for"), _("Seen by"), _("Until when")),
        tuple(
            (
                str(each.title),
                "; ".join(map(str, each.labels)),
                str(each.purpose),
                str(each.seen_by),
                str(each.until),
            )
            for each in STORED
        ),
    )


def accounts_table() -> Table:
    """Return what is stored of accounts, with its basis: every field declared."""
    return Table(
        _("Stored of accounts"),
        (_("What"), _("What exactly"), _("What for"), _("Seen by"), _("Until when")),
        tuple(
            (
                str(each.title),
                "; ".join(str(one.label) for one in each.fields),
                f"{each.purpose} {each.basis}",
                str(each.seen_by),
                str(each.until),
            )
            for each in declarations()
        ),
    )


def roles_as_table() -> Table:
    """Return the roles and what each may do."""
    return Table(
        _("Roles"),
        (_("Role"), _("May do")),
        tuple((role, "; ".join(actions)) for role, actions in roles_table()),
    )


def levels_table(organisation: Organisation) -> Table:
    """Return the levels, and which of them the organisation may use."""
    return Table(
        _("Levels"),
        (_("Visibility level"), _("Agreed on"), _("Possible here")),
        tuple(
            (
                str(level.label),
                organisation.agreement(level),
                _("yes") if level <= organisation.highest_level else _("no"),
            )
            for level in Visibility
        ),
    )
