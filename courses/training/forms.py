"""The forms of training managers: list, assignment, person, unit, confirmation."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, cast
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from courses.catalogue.library import Library
from courses.groups.models import Organisation

from .lists import ReadList, composed, is_printable, read_list
from .models import (
    DEFAULT_VALID_MONTHS,
    MOST_VALID_MONTHS,
    Assignment,
    Employee,
    Proof,
    Renewal,
    Unit,
)
from .queries import UnitTree, people_of
from .states import last_day, month_at

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise

EVERYBODY = "all"
SOME_UNITS = "units"
A_LIST = "list"
#: Days further away than so many years are slips, or mean "without end".
MOST_YEARS = 10
#: A preview names so many people; the rest it counts.
NAMED = 5
#: So many months back a session can be confirmed.
MONTHS_BACK = 12
#: And so many months back it can be taken back.
MONTHS_TAKEN_BACK = 36


class DateInput(forms.DateInput):
    """A day, chosen with the browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class ListForm(forms.Form):
    """A file with people, read when it is cleaned."""

    file = forms.FileField(
        label=_("List of people (CSV)"),
        help_text=_(
            "With the headings Personalnummer, Name, Einheit and E-Mail; the address "
            "may be missing. LibreOffice and Excel save it by “Save as”, kind of file "
            "“CSV UTF-8”."
        ),
        error_messages={
            "required": _("Please choose a file."),
            "empty": _("The file is empty."),
        },
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv"}),
    )

    def read(self) -> ReadList:
        """Return what stands in the file."""
        return read_list(self.cleaned_data["file"].read())


class AssignForm(forms.Form):
    """A course, until when, how long it holds, and for whom.

    ``known`` is an assignment to add people to: its course and dates stand there, and
    the people are to be named.
    """

    course = forms.ChoiceField(
        label=_("Course"),
        error_messages={"required": _("Please choose a course.")},
    )
    due = forms.DateField(
        label=_("To be done by"),
        widget=DateInput,
        error_messages={"invalid": _("Please choose a day.")},
    )
    renewal = forms.ChoiceField(
        label=_("Renewal"), choices=Renewal.choices, initial=Renewal.ROLLING
    )
    valid_months = forms.IntegerField(
        label=_("Valid for months"),
        min_value=1,
        max_value=MOST_VALID_MONTHS,
        initial=DEFAULT_VALID_MONTHS,
        help_text=_("Counts for renewal some months after the last evidence."),
    )
    whom = forms.ChoiceField(
        label=_("For whom"),
        widget=forms.RadioSelect,
        initial=EVERYBODY,
        choices=[
            (EVERYBODY, _("For everybody on the list")),
            (SOME_UNITS, _("For some units, with all units below")),
            (A_LIST, _("For some people, by number, user name or address")),
        ],
    )
    units = forms.MultipleChoiceField(
        label=_("Units"), widget=forms.CheckboxSelectMultiple, required=False
    )
    references = forms.CharField(
        label=_("People"),
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
        max_length=400_000,
        help_text=_("One in each line or parted by commas, such as 4711, 4712."),
    )

    def __init__(
        self,
        *args: Any,
        organisation: Organisation,
        tree: UnitTree,
        shelf: Library,
        known: Assignment | None = None,
        **kwargs: Any,
    ) -> None:
        kwargs["initial"] = _dates_of(known)
        super().__init__(*args, **kwargs)
        self.organisation, self.tree = organisation, tree
        self.people: list[Employee] = []
        courses = [(str(each.key), each.title) for each in shelf.courses]
        self._offer("course", [("", _("Please choose")), *courses])
        units = [(str(unit.pk), tree.title(unit.pk)) for unit, _d in tree.in_order()]
        self._offer("units", units)

    def _offer(self, name: str, choices: "Sequence[tuple[str, StrOrPromise]]") -> None:
        cast("forms.ChoiceField", self.fields[name]).choices = choices

    def clean_due(self) -> date:
        """Refuse a day in the past, when all would be late, and one nobody can mean.

        A day that the course is assigned for already stays, past or not: whoever is
        added gets the same one.
        """
        day: date = self.cleaned_data["due"]
        stored = self.stored
        if stored and day == stored.due:
            return day
        if day < timezone.localdate():
            raise forms.ValidationError(
                _("This day is over. Please choose a later one.")
            )
        if day > last_day_that_is_meant():
            raise forms.ValidationError(
                _("This day is more than ten years away. Please choose an earlier one.")
            )
        return day

    def clean(self) -> dict[str, Any]:
        """Find the people who are meant; name each that is not found."""
        values: dict[str, Any] = super().clean() or {}
        whom = values.get("whom")
        if whom == EVERYBODY and (values.get("units") or values.get("references")):
            raise forms.ValidationError(
                _("Units or people are named below. Are they meant, or everybody?")
            )
        if whom == EVERYBODY:
            self.people = list(people_of(self.organisation))
        elif whom == SOME_UNITS:
            self.people = self._of_units(values.get("units", []))
        elif whom == A_LIST:
            self.people = self._of_references(values.get("references", ""))
        if not self.errors and not self.people:
            raise forms.ValidationError(
                _("Nobody is meant by this. Please choose units or name people.")
            )
        return values

    @cached_property
    def stored(self) -> Assignment | None:
        """The assignment that there is of the course chosen."""
        chosen = self.cleaned_data.get("course")
        if not chosen:
            return None
        return self.organisation.assignments.filter(course_key=UUID(chosen)).first()

    @property
    def changes_dates(self) -> bool:
        """Whether whoever has the course already gets other dates."""
        stored = self.stored
        if stored is None:
            return False
        names = ["due", "renewal"]
        if stored.renewal == Renewal.ROLLING:
            names.append("valid_months")
        return any(self.cleaned_data[name] != getattr(stored, name) for name in names)

    @property
    def whom_in_words(self) -> str:
        """For whom it is, as a preview says it."""
        values = self.cleaned_data
        if values["whom"] == SOME_UNITS:
            return ", ".join(self.tree.title(UUID(pk)) for pk in values["units"])
        if values["whom"] == A_LIST:
            more = ["…"] if len(self.people) > NAMED else []
            return ", ".join([each.name for each in self.people[:NAMED]] + more)
        return str(_("For everybody on the list"))

    def _of_units(self, chosen: Iterable[str]) -> list[Employee]:
        units: set[UUID] = set()
        for pk in chosen:
            units |= self.tree.below(UUID(pk))
        return list(people_of(self.organisation, units=units))

    def _of_references(self, typed: str) -> list[Employee]:
        lines = [each.strip() for each in re.split(r"[\n\r,;\t]", composed(typed))]
        wanted = {line.casefold(): line for line in lines}
        wanted.pop("", None)
        found = [
            each
            for each in people_of(self.organisation)
            if {each.reference.casefold(), each.email.casefold()} & wanted.keys()
        ]
        known = {
            name.casefold() for each in found for name in (each.reference, each.email)
        }
        for key, line in wanted.items():
            if key not in known:
                self.add_error(
                    "references",
                    _("“%(reference)s” is not on the list.") % {"reference": line[:60]},
                )
        return found


def _dates_of(known: Assignment | None) -> dict[str, Any]:
    """Return what a form begins with to add people to an assignment."""
    if known is None:
        return {}
    return {
        "course": str(known.course_key),
        "due": known.due,
        "renewal": known.renewal,
        "valid_months": known.valid_months,
        "whom": A_LIST,
    }


def refuse_unprintable(text: str) -> None:
    """Refuse text that the files made of it could not hold."""
    if not is_printable(text):
        raise forms.ValidationError(
            _("There is a control character in it. Please type it anew.")
        )


def refuse_separators(text: str) -> None:
    """Refuse what parts the name of a unit from the one above in a list."""
    if "/" in text or ">" in text:
        raise forms.ValidationError(
            _(
                "A list parts units by “/” and “>”. Please write the name without "
                "them; what a unit belongs to is chosen below."
            )
        )


class NameField(forms.CharField):
    """A name as a list would give it, or the next one would find it changed."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.validators.append(refuse_unprintable)

    def to_python(self, value: Any) -> str:
        """Write letters with their marks in one, and one blank between words."""
        return " ".join(composed(super().to_python(value) or "").split())


class PersonForm(forms.ModelForm[Employee]):
    """Name, address and unit of one person."""

    class Meta:
        model = Employee
        fields = ("name", "email", "unit")
        labels: ClassVar = {"unit": _("Unit")}
        field_classes: ClassVar = {"name": NameField}

    def __init__(self, *args: Any, tree: UnitTree, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = [(unit.pk, tree.title(unit.pk)) for unit, _depth in tree.in_order()]
        field = cast("forms.ModelChoiceField[Unit]", self.fields["unit"])
        field.queryset = Unit.objects.filter(organisation=self.instance.organisation)
        field.choices = units


class UnitForm(forms.Form):
    """The name of a unit, and the one it belongs to."""

    name = NameField(label=_("Unit"), max_length=120, validators=[refuse_separators])
    parent = forms.ChoiceField(label=_("Belongs to"), required=False)

    def __init__(self, *args: Any, tree: UnitTree, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tree = tree
        below = tree.below(unit.pk)
        others = [
            (str(each.pk), tree.title(each.pk))
            for each, _depth in tree.in_order()
            if each.pk not in below
        ]
        field = cast("forms.ChoiceField", self.fields["parent"])
        field.choices = [("", _("to no other")), *others]

    @property
    def above(self) -> Unit | None:
        """The unit chosen as the one above."""
        chosen = self.cleaned_data["parent"]
        return self.tree.units[UUID(chosen)] if chosen else None


class ConfirmForm(forms.Form):
    """What is vouched for: which kind, which month, for other evidence until when."""

    proof = forms.ChoiceField(
        label=_("What is confirmed"),
        widget=forms.RadioSelect,
        initial=Proof.SESSION,
        choices=[
            (Proof.SESSION, _("Took part in a session in person")),
            (Proof.RECOGNISED, _("Other evidence was shown and is recognised")),
        ],
    )
    month = forms.ChoiceField(label=_("In which month"))
    until = forms.DateField(
        label=_("Valid until (other evidence only)"),
        widget=DateInput,
        required=False,
        error_messages={"invalid": _("Please choose a day.")},
        help_text=_("Left empty, it holds as long as evidence of this course does."),
    )

    def __init__(self, *args: Any, is_trainer: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_trainer:  # other evidence is for the management to decide
            proof = cast("forms.ChoiceField", self.fields["proof"])
            proof.choices = [(Proof.SESSION, _("Took part in a session in person"))]
            del self.fields["until"]
        months = [(f"{day:%Y-%m-%d}", date_format(day, "F Y")) for day in past_months()]
        self.fields["month"].choices = months  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse what is over before it began; a session has no end of its own."""
        values = super().clean() or {}
        if "month" in values:
            values["month"] = date.fromisoformat(values["month"])
        until = values.get("until")
        if until and values.get("proof") == Proof.SESSION:
            self.add_error(
                "until", _("A session holds as assigned. Please leave this empty.")
            )
        elif until and until < timezone.localdate():
            self.add_error("until", _("This day is over. Please choose a later one."))
        elif until and until > last_day_that_is_meant():
            self.add_error(
                "until",
                _(
                    "This day is more than ten years away. Left empty, it holds as "
                    "long as evidence of this course does."
                ),
            )
        return values


class TakeBackForm(forms.Form):
    """Which confirmed evidence of a person is taken back."""

    course = forms.ChoiceField(
        label=_("Course"),
        error_messages={"required": _("Please choose a course.")},
    )
    month = forms.ChoiceField(label=_("In which month"))

    def __init__(
        self, *args: Any, courses: "Sequence[tuple[str, StrOrPromise]]", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        course = cast("forms.ChoiceField", self.fields["course"])
        course.choices = [("", _("Please choose")), *courses]
        month = cast("forms.ChoiceField", self.fields["month"])
        month.choices = [
            (f"{day:%Y-%m-%d}", date_format(day, "F Y"))
            for day in past_months(MONTHS_TAKEN_BACK)
        ]

    def clean_month(self) -> date:
        """Return the first day of the month."""
        return date.fromisoformat(self.cleaned_data["month"])


def last_day_that_is_meant() -> date:
    """Return the last day a form takes: 31.12.9999 would be beyond any calendar."""
    return last_day(timezone.localdate(), MOST_YEARS * 12)


def past_months(number: int = MONTHS_BACK) -> list[date]:
    """Return the first days of this month and those before, newest first."""
    today = timezone.localdate()
    return [month_at(today, -back) for back in range(number)]
