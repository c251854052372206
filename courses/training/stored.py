"""What is stored of employees: every field, what for, who sees it, until when.

Employees have no account here, so "Meine Daten" does not reach their rows; the staff
council and the data-protection officer read this list instead. A test compares it with
the tables.
"""

from dataclasses import dataclass
from typing import Final

from django.db.models import Field, Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .models import (
    Assigned,
    Assignment,
    Employee,
    EmployeeAccess,
    Evidence,
    Unit,
)

Text = str | Promise

THE_LIST = _("Needed to say who is to take a course.")
MANAGEMENT = _("The management of the training.")
KEPT = _(
    "Until newer evidence has replaced it, and for the years after that which the "
    "organisation has set; then it is erased by itself."
)


@dataclass(frozen=True)
class Stored:
    """A table with its fields in words."""

    model: type[Model]
    title: Text
    purpose: Text
    seen_by: Text
    until: Text
    fields: dict[str, Text]

    @property
    def labels(self) -> list[Text]:
        """The fields in words."""
        return list(self.fields.values())


STORED: Final = (
    Stored(
        Unit,
        _("Units"),
        THE_LIST,
        MANAGEMENT,
        _("As long as somebody works there."),
        {
            "organisation": _("Organisation"),
            "parent": _("Belongs to"),
            "name": _("Name of the unit"),
        },
    ),
    Stored(
        Employee,
        _("People on the list"),
        THE_LIST,
        _(
            "The management of the training. Trainers who confirm a session see names "
            "of the units they choose."
        ),
        _(
            "As long as somebody is on the organisation's list. Who left stays with "
            "number, name and unit until the next night, and longer while evidence is "
            "kept or a past month can be told."
        ),
        {
            "organisation": _("Organisation"),
            "unit": _("Unit"),
            "reference": _("Staff number or user name"),
            "name": _("Name"),
            "email": _("E-mail address"),
            "invitation": _("Hash of the invitation (the invitation itself is not)"),
            "left": _("Month in which somebody left"),
        },
    ),
    Stored(
        Assignment,
        _("Assigned courses"),
        _("Needed to say by when a course is to be taken, and how long it holds."),
        MANAGEMENT,
        _(
            "As long as anybody is to take it, and after that while past months can be "
            "told, up to 36 months; then it is erased at night."
        ),
        {
            "organisation": _("Organisation"),
            "course_key": _("Course"),
            "due": _("To be done by"),
            "renewal": _("Renewal"),
            "valid_months": _("Valid for months"),
        },
    ),
    Stored(
        Assigned,
        _("Who is to take a course"),
        _(
            "Needed to say who is to take a course, and to tell the state at the end "
            "of a past month again."
        ),
        MANAGEMENT,
        _(
            "What ended: up to 36 months. Otherwise as long as somebody is on the "
            "list, and to the end of the month in which they left."
        ),
        {
            "assignment": _("Assigned course"),
            "employee": _("Person"),
            "unit": _("Unit in these months"),
            "since": _("Month from which it holds"),
            "until": _("Month from which it does not hold any more"),
            "is_deferred": _("Deferred, without a reason"),
            "reminded": _(
                "Up to which day, counted from the due date, reminders are settled"
            ),
        },
    ),
    Stored(
        EmployeeAccess,
        _("Who looked at names"),
        _(
            "Lets a person see that a trainer opened a list with their name, or that "
            "the management read what is open and done, made a new invitation, took "
            "evidence back or wanted to."
        ),
        _("The person."),
        _("90 days."),
        {
            "employee": _("Person"),
            "role": _(
                "Role, or that an invitation was made or evidence was to be taken back"
            ),
            "day": _("Day"),
        },
    ),
    Stored(
        Evidence,
        _("Evidence"),
        _("Proves that somebody was trained. It says nothing of how they learned."),
        _("The person and the management of the training."),
        KEPT,
        {
            "employee": _("Person"),
            "course_key": _("Course"),
            "course_title": _("Title of the course at that time"),
            "version": _("Version of the course at that time"),
            "month": _("Month"),
            "noted": _("Month in which it was written"),
            "valid_until": _("Valid until"),
            "proof": _("Kind of evidence"),
            "is_visible": _("Whether the nightly batch has shown it"),
            "deletion_announced": _("Whether mail said that it is erased soon"),
        },
    ),
)


def own_fields(model: type[Model]) -> list[str]:
    """Return the columns of a table without its random id."""
    fields = [f for f in model._meta.get_fields() if isinstance(f, Field)]
    return [field.name for field in fields if not field.primary_key]
