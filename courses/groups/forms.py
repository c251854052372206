"""Opening a group, in one form."""

import secrets
from datetime import date, timedelta
from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from content.labs.registry import choices as labs
from courses.catalogue.library import LessonEntry, Library
from learnsite.accounts.forms import AS_TYPED

from .levels import Scope, TaskKind, Visibility
from .models import (
    HIGHEST_NUMBER,
    STAFF_ROLES,
    Organisation,
    end_of_school_year,
)
from .queries import Vacant
from .roles import Role

#: A school year, and a little: what was agreed on should be agreed on anew.
LONGEST = timedelta(days=366)

NUMBERS_WANTED = {
    "required": _("Please give a number from 1 to 40."),
    "invalid": _("Please give a number from 1 to 40."),
}


class UserNameField(forms.CharField):
    """The user name of somebody else, which a telephone neither begins nor mends."""

    def __init__(self) -> None:
        super().__init__(
            label=_("User name"),
            max_length=150,
            error_messages={"required": _("Please give a user name.")},
            widget=forms.TextInput(attrs=AS_TYPED),
        )


class StaffForm(forms.Form):
    """Somebody by user name, and what they may do."""

    username = UserNameField()
    role = forms.TypedChoiceField(
        label=_("Role"),
        coerce=Role,
        choices=STAFF_ROLES,
        error_messages={"required": _("Please choose a role.")},
    )


class DeputyForm(forms.Form):
    """Somebody by user name."""

    username = UserNameField()


class CardsForm(forms.Form):
    """Which numbers get a card: from one to another, those that are free.

    No more than there are seats, but under any number of a list.
    """

    first = forms.IntegerField(
        label=_("From number"),
        min_value=1,
        max_value=HIGHEST_NUMBER,
        error_messages=NUMBERS_WANTED,
    )
    last = forms.IntegerField(
        label=_("To number"),
        min_value=1,
        max_value=HIGHEST_NUMBER,
        error_messages=NUMBERS_WANTED,
    )

    def __init__(self, *args: Any, vacant: Vacant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.vacant = vacant
        offered = vacant.numbers[: vacant.seats]
        self.fields["first"].initial = min(offered, default=None)
        self.fields["last"].initial = max(offered, default=None)

    def clean(self) -> dict[str, Any]:
        """Refuse a range in which no number is free, or more than there are seats."""
        values: dict[str, Any] = super().clean() or {}
        if self.errors:
            return values
        if not self.numbers:
            taken = _("No number between these is free. Please choose others.")
            self.add_error("last", taken)
        elif len(self.numbers) > self.vacant.seats:
            few = _(
                "There are not so many seats: %(count)d are left. Please choose fewer "
                "numbers."
            )
            self.add_error("last", few % {"count": self.vacant.seats})
        return values

    @property
    def numbers(self) -> list[int]:
        """The free numbers of the range."""
        first, last = sorted((self.cleaned_data["first"], self.cleaned_data["last"]))
        return [n for n in self.vacant.numbers if first <= n <= last]


class TaskForm(forms.Form):
    """A task to be added: a course, a lesson, one exercise of it, or a lab."""

    what = forms.ChoiceField(
        label=_("What there is to do"),
        error_messages={
            "required": _("Please choose a course, a lesson or a lab."),
            "invalid_choice": _("This is not there any more. Please choose again."),
        },
    )
    exercise = forms.IntegerField(
        label=_("Only one exercise of the lesson"),
        help_text=_("Its number in the lesson; empty for all of it."),
        required=False,
        min_value=1,
        error_messages={
            "invalid": _("Please give the number of an exercise, or nothing."),
            "min_value": _("Please give the number of an exercise, or nothing."),
        },
    )
    is_extra = forms.BooleanField(label=_("Extra task"), required=False)
    is_open = forms.BooleanField(label=_("Open at once"), required=False, initial=True)

    def __init__(self, *args: Any, shelf: Library, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shelf = shelf
        what = cast("forms.ChoiceField", self.fields["what"])
        what.choices = [("", _("Please choose")), *self._courses(), self._labs()]

    def _courses(self) -> list[tuple[str, list[tuple[str, Any]]]]:
        return [
            (
                course.title,
                [
                    (f"{TaskKind.COURSE}:{course.key}", _("The whole course")),
                    *(
                        (f"{TaskKind.LESSON}:{lesson.key}", f"{number}. {lesson.title}")
                        for number, lesson in enumerate(course.lessons, start=1)
                    ),
                ],
            )
            for course in self.shelf.courses
        ]

    @staticmethod
    def _labs() -> tuple[Any, list[tuple[str, str]]]:
        named = [(f"{TaskKind.LAB}:{name}", title) for name, title in labs()]
        return _("Labs"), named

    def clean(self) -> dict[str, Any]:
        """Refuse the number of an exercise that is not there."""
        values: dict[str, Any] = super().clean() or {}
        number = values.get("exercise")
        if "what" not in values or not number:
            return values
        lesson = self._lesson()
        if lesson is None:
            self.add_error("exercise", _("Only a lesson has exercises to choose from."))
        elif number > len(lesson.exercise_keys):
            few = _("This lesson has %(count)d exercises. Please give such a number.")
            self.add_error("exercise", few % {"count": len(lesson.exercise_keys)})
        return values

    def _lesson(self) -> LessonEntry | None:
        kind, _colon, key = self.cleaned_data["what"].partition(":")
        return self.shelf.lesson(UUID(key)) if kind == TaskKind.LESSON else None

    @property
    def task(self) -> dict[str, Any]:
        """What is to be added, as :func:`courses.groups.tasks.add_task` takes it."""
        kind, _colon, key = self.cleaned_data["what"].partition(":")
        task = {name: self.cleaned_data[name] for name in ("is_extra", "is_open")}
        if kind == TaskKind.LAB:
            return {**task, "kind": TaskKind.LAB, "scope": Scope(None), "lab": key}
        if kind == TaskKind.COURSE:
            return {**task, "kind": TaskKind.COURSE, "scope": Scope(UUID(key))}
        lesson = self._lesson()
        number = self.cleaned_data["exercise"]
        course = next(c for c in self.shelf.courses if lesson in c.lessons)
        exercise = lesson.exercise_keys[number - 1] if lesson and number else ""
        return {
            **task,
            "kind": TaskKind.EXERCISE if exercise else TaskKind.LESSON,
            "scope": Scope(course.key, UUID(key), exercise),
        }


class OpenGroupForm(forms.Form):
    """Name, level, course and last day of a group of one organisation."""

    title = forms.CharField(
        label=_("Name of the group"),
        max_length=60,
        help_text=_("Such as “9b” or “Tuesday evening”. No names of people."),
        error_messages={"required": _("Please give the group a name.")},
    )
    course = forms.TypedChoiceField(
        label=_("What is learned together"),
        help_text=_("More can be added later."),
    )
    level = forms.TypedChoiceField(
        label=_("What teachers can see"),
        coerce=lambda value: Visibility(int(value)),
        widget=forms.RadioSelect,
        help_text=_("Agreed on now; can never be changed for this group."),
    )
    seats = forms.IntegerField(
        label=_("Seats"), min_value=1, max_value=HIGHEST_NUMBER, initial=30
    )
    ends = forms.DateField(
        label=_("Last day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Afterwards nothing more is written, and soon all is erased."),
        error_messages={
            "required": _("Please give the day on which the group meets last."),
            "invalid": _("Please give a day, such as 1.12.2026."),
        },
    )

    #: Tells two clicks from two groups; a browser must not keep it over a reload.
    once = forms.CharField(
        required=False,
        max_length=64,
        initial=secrets.token_urlsafe,
        widget=forms.HiddenInput(attrs={"autocomplete": "off"}),
    )

    def __init__(
        self, *args: Any, organisation: Organisation, shelf: Library, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.shelf = shelf
        levels = [level for level in Visibility if level <= organisation.highest_level]
        self._offer("level", [(str(each.value), each.label) for each in levels])
        courses = [(str(course.key), course.title) for course in shelf.courses]
        self._offer("course", courses)
        if organisation.is_school:
            self.fields["ends"].initial = end_of_school_year(timezone.localdate())
        else:
            self._ask_for_the_last_meeting()
            self.fields["level"].label = _("What whoever leads the course can see")

    def _ask_for_the_last_meeting(self) -> None:
        """Suggest no day: any guess would end a course of several days too early."""
        self.fields["ends"].help_text = _(
            "The day on which the group meets last. Dates can be entered until then. "
            "Afterwards nothing more is written, and soon all is erased."
        )

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        cast("forms.ChoiceField", self.fields[name]).choices = choices

    def clean_ends(self) -> date:
        """Refuse a day in the past, and one too far away."""
        day: date = self.cleaned_data["ends"]
        today = timezone.localdate()
        if day < today:
            raise forms.ValidationError(
                _("This day is over. Please choose a later one.")
            )
        if day > today + LONGEST:
            raise forms.ValidationError(
                _("A group lasts a year at most. Please choose an earlier day.")
            )
        return day

    @property
    def scopes(self) -> list[tuple[TaskKind, Scope]]:
        """The first task of the group."""
        keys = {str(course.key): course.key for course in self.shelf.courses}
        return [(TaskKind.COURSE, Scope(keys[self.cleaned_data["course"]]))]
