"""What is stored about a person: declared once, shown, exported and erased from here.

Each app declares its personal fields in ``<app>/personal_data.py``::

    from learnsite.accounts.registry import declare

    declare(
        "courses.LessonProgress",
        owner="user",
        title=_("Lessons you have begun or finished"),
        purpose=_("So that you can continue where you stopped."),
        basis=_("Your wish to have your progress kept (Art. 6 (1) (b) GDPR)."),
        seen_by=_("Only you."),
        until=_("Until you erase your account."),
        fields={"lesson_key": _("Lesson"), "state": _("State")},
    )

A model may be declared several times when its fields serve different purposes. The
primary key and the way to the person (``owner``) need no declaration of their own.
"""

import uuid
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, cast

from django.apps import apps
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models.fields.files import FieldFile
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from .models import User

MIDNIGHT = time()

Text = str | Promise
Formatter = Callable[[Any], str]
RowFormatter = Callable[[Any], str]
EraseHook = Callable[["User"], None]
NeedHook = Callable[[Collection["User"]], list["Need"]]
VisitorSection = Callable[[HttpRequest], str]

_declarations: list["Declaration"] = []
_erase_hooks: list[EraseHook] = []
_need_hooks: list[NeedHook] = []
# Callables taking the request and returning a piece of safe HTML ("" = nothing to
# say). They tell on "Meine Daten" what lies on the device; with or without account.
visitor_sections: list[VisitorSection] = []


@dataclass(frozen=True)
class PersonalField:
    """One stored field and what the person has a right to know about it."""

    model: str
    field: str
    label: Text
    purpose: Text
    basis: Text
    seen_by: Text
    until: Text
    secret: bool = False
    month: bool = False
    formatter: Formatter | None = None
    row_formatter: RowFormatter | None = None


@dataclass(frozen=True)
class Need:
    """Something that would be left with nobody if accounts went.

    ``advice`` says what can be done first, at ``address``.
    """

    advice: str
    address: str


@dataclass(frozen=True)
class Declaration:
    """Fields of one model that share purpose, basis, readers and end."""

    model: str
    owner: str
    title: Text
    fields: tuple[PersonalField, ...]
    content: bool = False
    order: int = 0

    @property
    def purpose(self) -> Text:
        """Why the fields are stored."""
        return self.fields[0].purpose

    @property
    def basis(self) -> Text:
        """The legal basis."""
        return self.fields[0].basis

    @property
    def seen_by(self) -> Text:
        """Who can read the fields."""
        return self.fields[0].seen_by

    @property
    def until(self) -> Text:
        """When the fields go."""
        return self.fields[0].until

    @property
    def model_class(self) -> type[models.Model]:
        """The model behind the label."""
        return apps.get_model(self.model)

    def rows(self, user: "User") -> models.QuerySet:
        """Return what is stored about ``user``."""
        return self.model_class._base_manager.filter(
            **{self.owner: user.pk if self.owner == "pk" else user}
        ).distinct()


@dataclass
class Row:
    """Values as a person reads them, and how many stored rows read like that."""

    cells: list[tuple[PersonalField, str]]
    count: int = 1


@dataclass
class Section:
    """A declaration together with the values of one person; equal rows are one."""

    declaration: Declaration
    rows: list[Row] = field(default_factory=list)
    more: int = 0

    @property
    def counts(self) -> bool:
        """Whether any row stands for several."""
        return any(row.count > 1 for row in self.rows)

    def add(self, cells: list[tuple[PersonalField, str]]) -> None:
        """Add a row, or count one that reads the same."""
        for row in self.rows:
            if row.cells == cells:
                row.count += 1
                return
        self.rows.append(Row(cells))


def declare(
    model: str,
    *,
    owner: str,
    title: Text,
    purpose: Text,
    basis: Text,
    seen_by: Text,
    until: Text,
    fields: Mapping[str, Text],
    secret: Iterable[str] = (),
    months: Iterable[str] = (),
    formatters: Mapping[str, Formatter] | None = None,
    row_formatters: Mapping[str, RowFormatter] | None = None,
    content: bool = False,
    order: int = 0,
) -> None:
    """Declare personal fields of ``model`` ("app.Model").

    ``owner`` is the query path from a row to its person ("user",
    "enrolment__user"; "pk" for the account itself). ``secret`` names fields whose value
    is withheld on screen and in exports (hashes, secrets), ``months`` fields that hold
    the first of a month and mean all of it. ``formatters`` turn values people cannot
    read (keys, numbers) into text on the page and in the readable export; JSON keeps
    what is stored. ``row_formatters`` do the same from the whole row, where the value
    alone does not tell. ``content=True`` says: the row is editorial content and stays
    when the person goes; only the fields named here speak of a person, and no path to a
    person leads through this model. Higher ``order`` comes later on the page.
    """
    secrets, whole_months = set(secret), set(months)
    described = tuple(
        PersonalField(
            model=model,
            field=name,
            label=label,
            purpose=purpose,
            basis=basis,
            seen_by=seen_by,
            until=until,
            secret=name in secrets,
            month=name in whole_months,
            formatter=(formatters or {}).get(name),
            row_formatter=(row_formatters or {}).get(name),
        )
        for name, label in fields.items()
    )
    _declarations.append(Declaration(model, owner, title, described, content, order))


def on_erase(hook: EraseHook) -> EraseHook:
    """Register what must happen, in the same transaction, before an account goes.

    Rows that hang on the account by a cascading foreign key need no hook. Usable as a
    decorator.
    """
    _erase_hooks.append(hook)
    return hook


def erase_hooks() -> list[EraseHook]:
    """Return the registered hooks."""
    return list(_erase_hooks)


def needs_account(hook: NeedHook) -> NeedHook:
    """Register what tells what would be left with nobody. Usable as a decorator."""
    _need_hooks.append(hook)
    return hook


def needs_of(users: Collection["User"]) -> list[Need]:
    """Return what would be left with nobody if accounts went, all of them at once."""
    return [need for hook in _need_hooks for need in hook(users)]


def declarations() -> list[Declaration]:
    """Return all declarations in the order in which they are shown."""
    return sorted(_declarations, key=lambda declaration: declaration.order)


def sections_for(user: "User", *, limit: int | None = None) -> list[Section]:
    """Return what is stored about ``user``; at most ``limit`` rows a section."""
    return [section_for(item, user, limit=limit) for item in declarations()]


def section_for(
    declaration: Declaration, user: "User", *, limit: int | None = None
) -> Section:
    """Return one declaration with the values of ``user`` as readable text."""
    rows = declaration.rows(user)
    shown = list(rows[:limit] if limit is not None else rows)
    section = Section(declaration)
    for row in shown:
        section.add([(item, readable_value(row, item)) for item in declaration.fields])
    if limit is not None and len(shown) == limit:
        section.more = rows.count() - limit
    return section


def _field(row: models.Model, name: str) -> models.Field:
    return cast(models.Field, row._meta.get_field(name))


def readable_value(row: models.Model, item: PersonalField) -> str:
    """Return a field's value as a person reads it."""
    model_field = _field(row, item.field)
    if isinstance(model_field, models.ManyToManyField):
        return ", ".join(str(other) for other in getattr(row, item.field).all()) or "–"
    value = model_field.value_from_object(row)
    if not _is_stored(row, item.field, value):
        return "–"
    if item.secret:
        return _("stored; not shown here, for safety")
    if item.row_formatter:
        return item.row_formatter(row)
    if item.formatter:
        return item.formatter(value)
    if isinstance(model_field, models.ForeignKey):
        return str(getattr(row, model_field.name))
    if model_field.choices:
        return str(getattr(row, f"get_{item.field}_display")())
    if item.month:
        return date_format(_local_day(value), "YEAR_MONTH_FORMAT")
    return _readable(value)


def _is_stored(row: models.Model, name: str, value: object) -> bool:
    """Return whether a field tells anything; who has no password has a mark for it."""
    if isinstance(row, AbstractBaseUser) and name == "password":
        return row.has_usable_password()
    return value is not None and value != ""


def _local_day(value: date) -> date:
    return timezone.localtime(value).date() if isinstance(value, datetime) else value


def _readable(value: object) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        local = timezone.localtime(value)
        if local.time() == MIDNIGHT:  # cut to the day before it was stored
            return date_format(local.date(), "DATE_FORMAT")
        return date_format(local, "DATETIME_FORMAT")
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    return str(value)


def raw_row(row: models.Model, fields: Iterable[PersonalField]) -> dict[str, Any]:
    """Return a row for the machine-readable export.

    The primary key is included, except where it opens an account: that of a session.
    """
    is_session = isinstance(row, AbstractBaseSession)
    values: dict[str, Any] = {"id": "withheld" if is_session else _plain(row.pk)}
    for item in fields:
        model_field = _field(row, item.field)
        if isinstance(model_field, models.ManyToManyField):
            values[item.field] = [
                str(other) for other in getattr(row, item.field).all()
            ]
        elif item.secret:
            value = model_field.value_from_object(row)
            stored = _is_stored(row, item.field, value)
            values[item.field] = "withheld" if stored else None
        else:
            values[item.field] = _plain(model_field.value_from_object(row))
    return values


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return timezone.localtime(value)
    return str(value) if isinstance(value, uuid.UUID | FieldFile) else value


# --- Completeness: what the test asks ---


def undeclared_fields() -> list[str]:
    """Return "app.Model.field" for each personal field that nobody declared.

    Personal is every field of a model from which foreign keys lead, in any number of
    steps, to a person. Content models stop the way; of them only the keys themselves
    count.
    """
    content = {item.model.lower() for item in _declarations if item.content}
    declared = {
        (item.model.lower(), personal.field)
        for item in _declarations
        for personal in item.fields
    }
    owners = {(item.model.lower(), item.owner.split("__")[0]) for item in _declarations}
    missing = []
    personal_models = _personal_models(content)
    for model in apps.get_models():
        label = model._meta.label_lower
        for name in _fields_to_declare(model, personal_models, label in content):
            known = (label, name) in declared or (label, name) in owners
            if not known:
                missing.append(f"{model._meta.label}.{name}")
    return sorted(missing)


def declared_but_missing() -> list[str]:
    """Return declared fields that no model has (any more)."""
    missing = []
    for declaration in _declarations:
        known = {item.name for item in _own_fields(declaration.model_class)}
        missing += [
            f"{declaration.model}.{item.field}"
            for item in declaration.fields
            if item.field not in known
        ]
    return sorted(missing)


def _own_fields(model: type[models.Model]) -> Iterator[models.Field]:
    # What is inherited from a parent's table is the parent's to declare.
    yield from model._meta.local_fields
    yield from model._meta.local_many_to_many


def _personal_models(content: set[str]) -> set[type[models.Model]]:
    user_model = apps.get_model(settings.AUTH_USER_MODEL)
    found: set[type[models.Model]] = {user_model}
    grew = True
    while grew:
        grew = False
        for model in apps.get_models():
            if model in found or model._meta.label_lower in content:
                continue
            if any(item.related_model in found for item in _own_fields(model)):
                found.add(model)
                grew = True
    return found


def _fields_to_declare(
    model: type[models.Model], personal_models: set[type[models.Model]], content: bool
) -> Iterator[str]:
    if model in personal_models and not content:
        yield from (item.name for item in _own_fields(model) if not item.primary_key)
    elif content:
        yield from (
            item.name
            for item in _own_fields(model)
            if item.related_model in personal_models
        )
