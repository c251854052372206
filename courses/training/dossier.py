"""What the staff council reads, as a document: the page, and the file to keep."""

from collections import Counter
from dataclasses import replace

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from courses.groups.levels import Visibility
from courses.groups.models import Group, Organisation
from courses.groups.retention import ACCESS_DAYS
from learnsite.accounts.registry import declarations

from .auditing import changes, group_period, roles_table, sample_report
from .document import Document, Heading, Items, Paragraph, Part, Table, read_parts
from .stored import STORED


def facts(organisation: Organisation) -> Document:
    """Return what the page and the dossier are made of: one statement."""
    return Document(
        title=_("For staff council and data protection"),
        lead=_("%(organisation)s · as of %(day)s")
        % {
            "organisation": organisation,
            "day": date_format(timezone.localdate(), "d.m.Y"),
        },
        author=organisation.name,
        language=get_language() or "de",
        parts=(
            *_never(),
            *_sample(),
            *_stored(),
            *_roles(),
            *_levels(organisation),
            *_periods(organisation),
            *_server(),
            *_accounts(),
        ),
    )


def with_changes(organisation: Organisation) -> Document:
    """Return the same with the change log, to be taken along."""
    document = facts(organisation)
    log = read_parts(changes())
    heading = Heading(_("Change log of the software (English)"))
    return replace(document, parts=(*document.parts, heading, *log))


def _never() -> list[Part]:
    return [
        Heading(_("What is never stored of employees"), anchor="never"),
        Items(
            (
                _("answers, results, tries, days and times of learning"),
                _(
                    "whether somebody opened the invitation, began the course or "
                    "stopped"
                ),
                _("IP addresses, devices, last visits"),
                _(
                    "any reference from a person on the list to an account under "
                    "which somebody learns"
                ),
            )
        ),
    ]


def _sample() -> list[Part]:
    return [
        Heading(_("Sample of a report, with invented people"), anchor="samples"),
        Paragraph(
            _(
                "The management of the training sees exactly these columns, on the "
                "page, in each file and on paper."
            )
        ),
        sample_table(),
        Paragraph(
            _(
                "The management can take back what was confirmed by mistake, and never "
                "a passed test. Whether something changes after that lets conclude the "
                "kind of evidence. The person can read for 90 days on which day it "
                "was."
            )
        ),
    ]


def sample_table() -> Table:
    """Return what the management sees as a table of invented people."""
    heading, *rows = (tuple(row) for row in sample_report().rows())
    return Table(_("Sample"), heading, tuple(rows))


def _stored() -> list[Part]:
    parts: list[Part] = [Heading(_("What is stored of employees"), anchor="stored")]
    for table in STORED:
        parts += [
            Heading(str(table.title), 3),
            Items(tuple(str(label) for label in table.labels)),
            Paragraph(_told(table.purpose, table.seen_by, table.until)),
        ]
    return parts


def _told(purpose: object, seen_by: object, until: object) -> str:
    return _("%(purpose)s Seen by: %(seen_by)s Kept: %(until)s") % {
        "purpose": purpose,
        "seen_by": seen_by,
        "until": until,
    }


def _roles() -> list[Part]:
    parts: list[Part] = [
        Heading(_("Roles and what they may do"), anchor="roles"),
        Paragraph(_("Each role needs a second step at sign-in: a passkey or an app.")),
    ]
    for role, actions in roles_table():
        parts += [Heading(role, 3), Items(tuple(actions))]
    return parts


def _levels(organisation: Organisation) -> list[Part]:
    """Return the levels with their agreements, and which groups have each."""
    groups = list(organisation.groups.order_by("title"))
    numbers = Counter(group.level for group in groups)
    return [
        Heading(_("Visibility levels of groups"), anchor="levels"),
        Paragraph(
            _(
                "A level is agreed on before anybody joins and can never be changed; "
                "the software refuses it. In administrations “Completed only” is the "
                "highest: the software allows groups no higher one, and as the limit "
                "of the organisation the database does not, either."
            )
        ),
        Items(
            tuple(
                _level(level, organisation, numbers[level.value])
                for level in Visibility
            )
        ),
        *([_register(groups)] if groups else []),
    ]


def _register(groups: list[Group]) -> Table:
    """Return which groups there are: nothing of who is in them or leads them."""
    rows = [
        (group.title, group.get_level_display(), date_format(group.ends, "d.m.Y"))
        for group in groups
    ]
    return Table(
        _("Groups"), (_("Group"), _("Visibility level"), _("Last day")), tuple(rows)
    )


def _level(level: Visibility, organisation: Organisation, number: int) -> str:
    label = str(level.label)
    if level > organisation.highest_level:
        label = _("%(level)s (not allowed here)") % {"level": label}
    now = ngettext(
        "%(count)s group has it now.", "%(count)s groups have it now.", number
    ) % {"count": number}
    return f"{label}: {organisation.agreement(level)} {now}"


def _periods(organisation: Organisation) -> list[Part]:
    years = organisation.evidence_years
    return [
        Heading(_("Periods"), anchor="periods"),
        Items(
            (
                ngettext(
                    "Evidence: %(count)s year after newer evidence has replaced it.",
                    "Evidence: %(count)s years after newer evidence has replaced it.",
                    years,
                )
                % {"count": years},
                _("Groups: %(period)s.") % {"period": group_period(organisation)},
                ngettext(
                    "Who looked at what a group knows of somebody: %(count)s day.",
                    "Who looked at what a group knows of somebody: %(count)s days.",
                    ACCESS_DAYS,
                )
                % {"count": ACCESS_DAYS},
            )
        ),
    ]


def _server() -> list[Part]:
    return [
        Heading(
            _("What an administrator or a reader of a backup could see"),
            anchor="server",
        ),
        Paragraph(
            _(
                "Whoever runs the server can read every table. They find the rows "
                "named above: names, assigned courses, evidence with a month. They "
                "find learning accounts under made-up names, with their answers. They "
                "find no column that was made to join the two, and no order: ids are "
                "random, evidence is written anew in mixed order at night. Until that "
                "night the order of the day's rows tells who came after whom, and so "
                "does a backup that was made before it."
            )
        ),
        Paragraph(
            _(
                "Whoever administers the site in the CMS needs no table for it: they "
                "may give roles in every organisation, to themselves too, and then "
                "read what the role opens, “Who is due?” included. The management sees "
                "such a role on the page of the organisation."
            )
        ),
        Paragraph(
            _(
                "An account with an e-mail address or a user name that stands on the "
                "list, too, can be joined with the person by whoever reads the tables. "
                "Who learns without an account or with a learning key gives neither. "
                "The page “My training” says so."
            )
        ),
        Paragraph(
            _(
                "What they could do nevertheless: change the software so that it "
                "records more. Against that help the published source text, this "
                "change log and an agreement that forbids it."
            )
        ),
    ]


def _accounts() -> list[Part]:
    parts: list[Part] = [
        Heading(_("What is stored of learning accounts"), anchor="accounts"),
        Paragraph(
            _(
                "Only their owners see it, on the page “Meine Daten”. It is listed "
                "here so that nothing stays unsaid."
            )
        ),
    ]
    for each in declarations():
        if each.content:
            continue
        labels = ", ".join(str(one.label) for one in each.fields)
        told = _told(each.purpose, each.seen_by, each.until)
        parts += [Heading(str(each.title), 3), Paragraph(f"{labels}. {told}")]
    return parts
