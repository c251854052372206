"""Every field with a path to a person is declared; nothing declared is missing."""

from datetime import UTC, date, datetime

import pytest
from django.apps import apps
from django.contrib.auth.models import Group

from learnsite.accounts import registry


def test_every_personal_field_is_declared():
    assert registry.undeclared_fields() == []


def test_every_declared_field_exists():
    assert registry.declared_but_missing() == []


def test_undeclared_model_is_found(monkeypatch):
    kept = [
        item for item in registry._declarations if item.model != "mfa.Authenticator"
    ]
    monkeypatch.setattr(registry, "_declarations", kept)

    assert registry.undeclared_fields() == [
        "mfa.Authenticator.created_at",
        "mfa.Authenticator.data",
        "mfa.Authenticator.last_used_at",
        "mfa.Authenticator.type",
        "mfa.Authenticator.user",
    ]


def test_path_over_two_tables_is_found(monkeypatch):
    kept = [
        item
        for item in registry._declarations
        if item.model != "account.EmailConfirmation"
    ]
    monkeypatch.setattr(registry, "_declarations", kept)

    assert registry.undeclared_fields() == [
        "account.EmailConfirmation.created",
        "account.EmailConfirmation.email_address",
        "account.EmailConfirmation.key",
        "account.EmailConfirmation.sent",
    ]


def test_author_of_content_is_found(monkeypatch):
    kept = [item for item in registry._declarations if item.owner != "locked_by"]
    monkeypatch.setattr(registry, "_declarations", kept)

    assert registry.undeclared_fields() == ["wagtailcore.Page.locked_by"]


def test_each_declaration_says_all_five_things():
    for item in registry.declarations():
        for text in (item.title, item.purpose, item.basis, item.seen_by, item.until):
            assert str(text).strip(), item.model


def test_values_are_readable(db, lena):
    lena.user.groups.add(Group.objects.create(name="Testrolle"))
    lena.user.joined = date(2026, 11, 1)
    # Midnight in Berlin is still the month before in UTC.
    lena.user.last_login = datetime(2026, 9, 30, 22, tzinfo=UTC)
    lena.user.save()
    account, rights = registry.sections_for(lena.user)[:2]

    assert {item.field: value for item, value in account.rows[0].cells} == {
        "display_name": "Flinker Otter 27",
        "username": "–",
        "email": "–",
        "password": "–",
        "key_hash": "gespeichert; zur Sicherheit hier nicht gezeigt",
        "picture_pin": "–",
        "joined": "November 2026",
        "last_login": "Oktober 2026",
        "is_active": "ja",
    }
    assert {item.field: value for item, value in rights.rows[0].cells} == {
        "is_staff": "nein",
        "is_superuser": "nein",
        "groups": "Testrolle",
        "user_permissions": "–",
    }


def test_rows_of_others_are_not_shown(lena, fremd):
    for declaration in registry.declarations():
        for row in declaration.rows(lena.user):
            assert fremd.user.pk not in (row.pk, getattr(row, "user_id", None))


def test_long_lists_are_cut_and_counted(lena):
    declaration = next(
        item for item in registry.declarations() if item.model == "accounts.Session"
    )
    model = apps.get_model("accounts.Session")
    for number in range(3):
        model.objects.create(
            session_key=str(number),
            session_data="",
            expire_date=f"2026-11-2{number}T03:00+01:00",
            user=lena.user,
        )

    section = registry.section_for(declaration, lena.user, limit=2)

    assert (len(section.rows), section.more) == (2, 1)


@pytest.mark.parametrize("rows", [1, 3])
def test_page_costs_the_same_for_one_row_and_three(
    lena, rows, django_assert_num_queries
):
    declaration = next(
        item for item in registry.declarations() if item.model == "accounts.Session"
    )
    model = apps.get_model("accounts.Session")
    for number in range(rows):
        model.objects.create(
            session_key=str(number),
            session_data="",
            expire_date="2026-11-23T03:00+01:00",
            user=lena.user,
        )

    with django_assert_num_queries(1):
        registry.section_for(declaration, lena.user, limit=50)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (datetime(2026, 11, 22, 23, tzinfo=UTC), "23. November 2026"),
        (datetime(2026, 11, 23, 2, tzinfo=UTC), "23. November 2026 03:00"),
        (date(2026, 11, 23), "23. November 2026"),
        (True, "ja"),
        (False, "nein"),
        (0, "0"),
    ],
)
def test_times_are_local_and_days_are_days(db, value, text):
    assert registry._readable(value) == text
