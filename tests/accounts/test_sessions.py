"""Sessions tell a day, never a time, and go with their account."""

import time
from datetime import datetime, timedelta

import pytest
import time_machine
from django.contrib.sessions.backends.base import UpdateError
from django.utils import timezone

from learnsite.accounts import retention, services, sessions
from learnsite.accounts.models import Session
from learnsite.accounts.sessions import SessionStore, following_night, unveil, veil

from .conftest import PASSWORD, confirm, sign_in

BERLIN = timezone.get_default_timezone()


@pytest.mark.parametrize(
    ("moment", "night"),
    [
        (datetime(2026, 11, 23, 2, 59), datetime(2026, 11, 23, 3)),
        (datetime(2026, 11, 23, 3, 0), datetime(2026, 11, 23, 3)),
        (datetime(2026, 11, 23, 3, 1), datetime(2026, 11, 24, 3)),
        (datetime(2026, 11, 23, 23, 59), datetime(2026, 11, 24, 3)),
        # the nights in which the clock changes
        (datetime(2026, 3, 28, 22, 0), datetime(2026, 3, 29, 3)),
        (datetime(2026, 10, 24, 22, 0), datetime(2026, 10, 25, 3)),
    ],
)
def test_end_is_rounded_up_to_three_at_night(moment, night):
    assert following_night(moment.replace(tzinfo=BERLIN)) == night.replace(
        tzinfo=BERLIN
    )


@pytest.mark.parametrize("shared", [{}, {"shared": "on"}])
def test_stored_end_is_three_at_night(client, lena, shared):
    client.post("/schluessel/", {"key": lena.key, **shared})

    ends = timezone.localtime(Session.objects.get().expire_date)
    assert (ends.hour, ends.minute, ends.second, ends.microsecond) == (3, 0, 0, 0)


def test_no_time_stands_in_the_data_of_a_password_session(client, tom):
    client.post("/konto/login/", {"login": "tom", "password": PASSWORD})

    stored = Session.objects.get().get_decoded()
    assert stored["account_authentication_methods"] == [
        {"method": "password", "at": sessions.LONG_AGO, "username": "tom"}
    ]


def test_confirmation_is_stored_as_a_hash_and_known_for_minutes(lena_client, lena):
    with time_machine.travel(timezone.now(), tick=False):
        confirm(lena_client, lena.key, "/meine-daten/")

        assert len(mark_of_confirmation()) == 12 + 1 + 32
        [known] = lena_client.session["account_authentication_methods"]
        assert time.time() - 61 <= known["at"] <= time.time()


def test_a_row_does_not_tell_when_it_was_written(monkeypatch):
    first = SessionStore().encode({"x": 1})
    later = time.time() + 3600
    monkeypatch.setattr(time, "time", lambda: later)

    assert SessionStore().encode({"x": 1}) == first


def test_data_that_somebody_else_wrote_is_an_empty_session():
    stored = SessionStore().encode({"x": 1})

    assert SessionStore().decode(stored) == {"x": 1}
    assert SessionStore().decode(stored[:-1] + "A") == {}
    assert SessionStore().decode("") == {}


@pytest.fixture
def quarter_later(monkeypatch):
    """Let a quarter of an hour go by for what the store remembers."""

    def later():
        minute = sessions._current_minute() + 16
        monkeypatch.setattr(sessions, "_current_minute", lambda: minute)

    return later


def mark_of_confirmation():
    """Return what stands in the database for the time of a confirmation."""
    [row] = Session.objects.all()
    raw = sessions.read(row.session_data)
    return raw["account_authentication_methods"][-1]["at"]


def test_the_next_page_forgets_the_mark_of_an_old_confirmation(
    lena_client, lena, quarter_later
):
    confirm(lena_client, lena.key, "/meine-daten/")
    lena_client.get("/lernen/")
    assert mark_of_confirmation() != sessions.LONG_AGO

    quarter_later()
    lena_client.get("/lernen/")

    assert mark_of_confirmation() == sessions.LONG_AGO


def test_housekeeping_forgets_marks_of_people_who_went_away(
    lena_client, lena, quarter_later
):
    confirm(lena_client, lena.key, "/meine-daten/")
    assert retention.forget_confirmations() == 0

    quarter_later()

    assert retention.forget_confirmations() == 1
    assert mark_of_confirmation() == sessions.LONG_AGO
    assert retention.forget_confirmations() == 0
    assert lena_client.get("/meine-daten/").status_code == 200


def test_old_times_are_dropped():
    old = time.time() - 16 * 60
    data = {"records": [{"method": "key", "reauthenticated": True, "at": old}]}

    assert veil(data)["records"][0]["at"] == sessions.LONG_AGO


def test_veiled_time_is_unreadable_later(monkeypatch):
    veiled = veil({"initiated_at": time.time()})
    later = sessions._current_minute() + 16
    monkeypatch.setattr(sessions, "_current_minute", lambda: later)

    assert unveil(veiled) == {"initiated_at": sessions.LONG_AGO}


def test_two_people_confirming_in_one_minute_share_no_mark():
    now = time.time()

    assert veil({"at": now}) != veil({"at": now})


def test_other_data_passes_unchanged():
    data = {"a": [1, "b", {"c": None}], "at": "morgen", "n": 1.5}

    assert unveil(veil(data)) == {**data, "at": sessions.LONG_AGO}


def test_suspended_request_with_address_and_browser_is_never_stored(db):
    store = SessionStore()
    store["account_reauthentication_state"] = {"request": '{"META": {}}'}
    store["x"] = 1
    store.save()

    assert Session.objects.get().get_decoded() == {"x": 1}


def test_erased_account_takes_its_sessions_along(client, lena):
    sign_in(client, lena.key)

    lena.user.delete()

    assert Session.objects.count() == 0
    assert client.get("/meine-daten/").status_code == 200


def test_request_that_was_under_way_while_its_account_was_erased_just_ends(
    client, lena
):
    sign_in(client, lena.key)
    under_way = client.session
    under_way["x"] = 1

    services.erase_account(user=lena.user)

    with pytest.raises(UpdateError):
        under_way.save()
    assert Session.objects.count() == 0


def test_waiting_second_step_belongs_to_its_person(client, tom):
    store = SessionStore()
    store["account_authentication_methods_user"] = str(tom.pk)
    store.save()

    assert Session.objects.get().user_id == tom.pk


def test_expired_sessions_are_cleared(db):
    store = SessionStore()
    store["x"] = 1
    store.save()
    Session.objects.update(expire_date=timezone.now() - timedelta(days=1))

    SessionStore.clear_expired()

    assert Session.objects.count() == 0


def test_new_key_for_a_session_is_written_once(db, django_assert_num_queries):
    store = SessionStore()
    store["x"] = 1
    store.cycle_key()
    with django_assert_num_queries(3):  # a savepoint around one insert
        store.save()

    assert SessionStore(store.session_key)["x"] == 1
