"""Each night forgets what was promised to be forgotten, and nothing else."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from content.feedback.services import record_feedback
from content.models import AccessibilityFeedback
from learnsite.accounts import services
from learnsite.accounts.models import Session, User
from learnsite.accounts.upkeep import upkeep_state
from tests.accounts.test_order import as_they_lie, write_people

pytestmark = pytest.mark.django_db


def housekeeping() -> str:
    out = StringIO()
    call_command("housekeeping", stdout=out)
    return out.getvalue()


def session(key: str, end: timedelta) -> None:
    Session.objects.create(
        session_key=key, session_data="", expire_date=timezone.now() + end
    )


def test_what_is_over_goes_and_what_is_not_stays():
    services.issue_learning_key(display_name="Bleibt")
    gone, _words = services.issue_learning_key(display_name="Geht")
    User.objects.filter(pk=gone.pk).update(joined=date(2020, 1, 1))
    session("ended", timedelta(days=-1))
    session("open", timedelta(days=1))
    record_feedback(message="Neu", email="", page="")
    old = record_feedback(message="Alt", email="", page="")
    AccessibilityFeedback.objects.filter(pk=old.pk).update(received=date(2020, 1, 1))

    said = housekeeping()

    assert said == (
        "Ungenutzte Konten gelöscht: 1.\n"
        "Beendete Gruppen gelöscht: 0.\n"
        "Gruppen angekündigt: 0.\n"
        "Listen mit Löschungen angekündigt: 0.\n"
        "Mails verschickt: 0.\n"
        "Alte Rückmeldungen zur Barrierefreiheit gelöscht: 1.\n"
    )
    assert [str(user) for user in User.objects.all()] == ["Bleibt"]
    assert [row.pk for row in Session.objects.all()] == ["open"]
    assert [row.message for row in AccessibilityFeedback.objects.all()] == ["Neu"]


def test_second_run_deletes_nothing_more():
    services.issue_learning_key()
    housekeeping()
    before = sorted(User.objects.values_list())

    assert housekeeping() == (
        "Ungenutzte Konten gelöscht: 0.\n"
        "Beendete Gruppen gelöscht: 0.\n"
        "Gruppen angekündigt: 0.\n"
        "Listen mit Löschungen angekündigt: 0.\n"
        "Mails verschickt: 0.\n"
        "Alte Rückmeldungen zur Barrierefreiheit gelöscht: 0.\n"
    )
    assert sorted(User.objects.values_list()) == before


def test_the_last_success_is_noted_and_a_failure_is_not(monkeypatch):
    housekeeping()
    first = upkeep_state().succeeded
    assert first

    def broken() -> None:
        raise OSError("no space left on device")

    # The last step of the work: whatever fails, the run did not succeed.
    monkeypatch.setattr("courses.management.commands.housekeeping.forget_order", broken)
    with pytest.raises(CommandError, match="broken: OSError: no space"):
        housekeeping()
    assert upkeep_state().succeeded == first


def test_what_fails_is_named_and_stops_nothing_else_of_the_night(monkeypatch):
    gone, _words = services.issue_learning_key(display_name="Geht")
    User.objects.filter(pk=gone.pk).update(joined=date(2020, 1, 1))
    names = [f"Name {number:02}" for number in range(30)]
    write_people(names)
    deleted = []

    def full() -> None:
        raise OSError("no space left on device")

    here = "courses.management.commands.housekeeping."
    monkeypatch.setattr(f"{here}forget_confirmations", full)
    monkeypatch.setattr(f"{here}publish_batches", full)
    monkeypatch.setattr(f"{here}delete_old_evidence", lambda: deleted.append(1))
    with pytest.raises(CommandError) as failed:
        housekeeping()

    assert str(failed.value).count("no space left on device") == 2
    assert "turn_evidence" in str(failed.value)
    assert not User.objects.filter(pk=gone.pk).exists()
    assert as_they_lie("accounts_user", "display_name") != names
    # Who goes tonight has no evidence: nothing goes before it is shown.
    assert deleted == []
    assert upkeep_state().succeeded is None


def test_a_list_that_cannot_be_written_is_said_and_turns_the_site_red(
    settings, tmp_path
):
    settings.TOMBSTONES = str(tmp_path / "kein-ordner" / "liste.txt")
    with pytest.raises(CommandError, match="TOMBSTONES"):
        housekeeping()
    assert upkeep_state().succeeded is None


def test_order_in_which_people_came_is_forgotten():
    names = [f"Name {number:02}" for number in range(30)]
    write_people(names)

    housekeeping()

    assert as_they_lie("accounts_user", "display_name") != names
