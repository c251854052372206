"""Where rows lie in the database does not tell in which order they were written."""

import secrets

import pytest
from django.db import connection, models, transaction

from learnsite.accounts import order
from learnsite.accounts.models import Session, User
from learnsite.accounts.registry import declarations

ROWS = 30

#: Tables about people that have a running number as key, and why they may.
RUNNING_NUMBERS = {
    "account.EmailAddress": "allauth's",
    "account.EmailConfirmation": "allauth's, never written",
    "mfa.Authenticator": "allauth's; decision 0012 says so",
    "wagtailadmin.EditingSession": "editors' work",
    "wagtailadmin.FormState": "editors' work",
    "wagtailcore.Comment": "editors' work",
    "wagtailcore.CommentReply": "editors' work",
    "wagtailcore.PageSubscription": "editors' work",
    "wagtailusers.UserProfile": "editors' work",
}


def test_rows_about_people_have_random_keys_and_are_mixed():
    running = {
        item.model
        for item in declarations()
        if not item.content and isinstance(item.model_class._meta.pk, models.AutoField)
    }
    mixed = {
        item.model
        for item in declarations()
        if not item.content and item.model not in RUNNING_NUMBERS
    }

    assert running == set(RUNNING_NUMBERS)
    # Lead to nobody, but would tell who asked, or went, after whom.
    mixed |= {"courses.Certificate", "courses.Evidence", "accounts.Tombstone"}
    mixed |= {"courses.Employee", "courses.Assigned", "courses.EmployeeAccess"}
    assert {model._meta.label for model in order.models_without_order()} == mixed
    assert {"accounts.User", "accounts.Session", "courses.Attempt"} <= mixed


def as_they_lie(table: str, column: str) -> list[str]:
    """Return a column in the order the database keeps its rows."""
    place = "ctid" if connection.vendor == "postgresql" else "rowid"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} ORDER BY {place}")  # noqa: S608
        return [value for (value,) in cursor.fetchall()]


def hidden_numbers(table: str) -> int:
    """Return how many transactions a table shows as the writers of its rows."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(DISTINCT (xmin::text, xmax::text)) FROM {table}"  # noqa: S608
        )
        return cursor.fetchone()[0]


def write_people(names: list[str]) -> None:
    """Write an account and a session for each name, each by itself."""
    for name in names:
        with transaction.atomic():
            user = User.objects.create_user(display_name=name)
            Session.objects.create(
                session_key=secrets.token_hex(16),
                session_data=name,
                expire_date="2026-11-23T03:00+01:00",
                user=user,
            )
    # Outside of tests nothing waits for the end of the transaction.
    connection.check_constraints()


def begin_new_files() -> None:
    """Empty the tables: PostgreSQL fills the gaps that earlier rows left.

    When it has vacuumed in between, the first rows would lie behind later ones.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE accounts_user, accounts_session CASCADE")


@pytest.mark.django_db
def test_night_forgets_in_which_order_people_came_and_nothing_else():
    names = [f"Name {number:02}" for number in range(ROWS)]
    begin_new_files()
    write_people(names)
    before = sorted(User.objects.values_list())
    assert as_they_lie("accounts_user", "display_name") == names
    assert as_they_lie("accounts_session", "session_data") == names

    order.forget_order()

    people = as_they_lie("accounts_user", "display_name")
    sessions = as_they_lie("accounts_session", "session_data")
    assert sorted(people) == sorted(sessions) == names
    assert names not in (people, sessions)
    assert people != sessions
    assert sorted(User.objects.values_list()) == before


@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's own")
@pytest.mark.django_db
def test_night_forgets_the_transactions_that_wrote():
    write_people(["eins", "zwei", "drei"])
    assert hidden_numbers("accounts_user") == 3

    order.forget_order()

    assert hidden_numbers("accounts_user") == 1
    assert hidden_numbers("accounts_session") == 1


@pytest.mark.django_db
def test_rows_are_written_after_a_night_as_before():
    for number in range(3):
        write_people([str(number)])
        order.forget_order()

    assert User.objects.count() == 3
