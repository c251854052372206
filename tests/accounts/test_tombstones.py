"""What was erased stays erased, also when an older copy of the rows comes back."""

from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from learnsite.accounts import services, tombstones
from learnsite.accounts.keys import key_hash, key_hashes
from learnsite.accounts.models import Session, Tombstone, User
from learnsite.accounts.tombstones import KEY, NoListError, Stone, read

from .conftest import KeyPerson, sign_in

pytestmark = pytest.mark.django_db

HASH = "0a" * 32
Settled = Callable[[], Any]


@pytest.fixture(autouse=True)
def path(settings: Any, tmp_path: Path) -> Path:
    """A list of one's own."""
    settings.TOMBSTONES = str(tmp_path / "erased.txt")
    return tmp_path / "erased.txt"


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Any) -> Settled:
    """What stands around work whose transaction really ends."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def copy_of(user: User) -> User:
    """Return the row as a backup has it, to be saved again."""
    return User.objects.get(pk=user.pk)


def restore(row: User) -> None:
    row.save(force_insert=not User.objects.filter(pk=row.pk).exists())


def test_an_erased_account_is_erased_again(lena: KeyPerson, committed, path) -> None:
    backup = copy_of(lena.user)
    with committed():
        services.erase_account(user=lena.user)
    Tombstone.objects.all().delete()  # the table came from the backup as well
    restore(backup)

    assert tombstones.replay(read(path.open())[0]).gone == {"accounts.User": 1}

    assert not User.objects.exists()
    assert tombstones.replay(read(path.open())[0]).gone == {}


def test_the_list_tells_nothing_of_whom_it_is_about(
    lena: KeyPerson, committed, path
) -> None:
    pk, hashed = lena.user.pk, lena.user.key_hash or ""
    with committed():
        services.replace_learning_key(user=lena.user)
        new = lena.user.key_hash or ""
        services.erase_account(user=lena.user)

    text = path.read_text() + "".join(map(str, Tombstone.objects.values_list()))
    for telling in (str(pk), pk.hex, hashed, new, lena.user.display_name):
        assert telling not in text
    assert path.stat().st_mode & 0o077 == 0


def test_what_is_rolled_back_is_not_written_down(lena: KeyPerson, path) -> None:
    services.erase_account(user=lena.user)  # its transaction never ends
    assert not path.exists()


def test_a_replaced_key_is_replaced_again_and_the_new_card_works(
    lena: KeyPerson, client: Client, committed, path
) -> None:
    backup = copy_of(lena.user)
    with committed():
        services.replace_learning_key(user=lena.user)
        newest = services.replace_learning_key(user=lena.user)
    Tombstone.objects.all().delete()
    restore(backup)
    sign_in(client, lena.key)
    assert Session.objects.count() == 1
    User.objects.update(picture_pin=HASH)

    assert tombstones.replay(read(path.open())[0]).gone == {KEY: 1}

    assert User.objects.get().key_hash == key_hash(newest)
    assert User.objects.get().picture_pin == ""
    assert not Session.objects.exists()
    assert tombstones.replay(read(path.open())[0]).gone == {}


def test_a_backup_made_after_it_keeps_its_key_and_its_sessions(
    lena: KeyPerson, client: Client
) -> None:
    words = services.replace_learning_key(user=lena.user)
    sign_in(client, "-".join(words))
    assert tombstones.replay().gone == {}
    assert Session.objects.count() == 1


def test_the_list_is_read_after_the_pepper_has_changed(
    lena: KeyPerson, fremd: KeyPerson, settings: Any
) -> None:
    erased, renewed = copy_of(lena.user), copy_of(fremd.user)
    services.erase_account(user=lena.user)
    words = services.replace_learning_key(user=fremd.user)
    settings.LEARNING_KEY_PEPPERS = ["a-new-pepper", *settings.LEARNING_KEY_PEPPERS]
    restore(erased)
    restore(renewed)

    assert tombstones.replay().gone == {"accounts.User": 1, KEY: 1}
    assert User.objects.get().key_hash == key_hashes(words)[1]


def test_others_are_left_alone(lena: KeyPerson, fremd: KeyPerson) -> None:
    services.erase_account(user=lena.user)
    before = User.objects.values().get()
    assert tombstones.replay().gone == {}
    assert User.objects.values().get() == before


@pytest.fixture
def aged() -> tuple[Stone, Stone]:
    """One entry of the last day that is kept, one of the day before."""
    today = timezone.localdate()
    return (
        Stone(today - timedelta(days=35), "accounts.User", HASH),
        Stone(today - timedelta(days=36), "accounts.User", HASH[::-1]),
    )


def test_table_and_file_forget_after_35_days(aged, path) -> None:
    kept, old = aged
    path.write_text(f"{old.line}\n{kept.line}\n")
    tombstones.replay([kept, old])

    tombstones.settle()

    assert path.read_text() == f"{kept.line}\n"
    assert Tombstone.objects.get().digest == kept.digest


def test_the_night_adds_what_the_file_misses_and_keeps_no_order(
    lena: KeyPerson, fremd: KeyPerson, path
) -> None:
    services.erase_account(user=lena.user)  # written to the table alone
    services.erase_account(user=fremd.user)
    today = timezone.localdate()
    path.write_text(f"{Stone(today, 'accounts.User', 'f' * 64).line}\n")

    tombstones.settle()

    lines = path.read_text().splitlines()
    assert len(lines) == 3
    assert lines == sorted(lines)
    tombstones.settle()
    assert path.read_text().splitlines() == lines


def test_replaying_does_not_keep_an_entry_longer(lena: KeyPerson, path) -> None:
    backup = copy_of(lena.user)
    services.erase_account(user=lena.user)
    long_ago = timezone.localdate() - timedelta(days=30)
    Tombstone.objects.update(day=long_ago)
    restore(backup)
    tombstones.replay()
    tombstones.settle()
    assert path.read_text().startswith(str(long_ago))
    assert Tombstone.objects.get().day == long_ago


def test_of_several_keys_in_a_list_the_last_counts(path) -> None:
    day = timezone.localdate()
    lines = [Stone(day, KEY, HASH, f"{number}" * 64).line for number in (1, 3, 2)]
    old = Stone(day - timedelta(days=1), KEY, HASH, "4" * 64).line
    path.write_text("\n".join([*lines, old, ""]))

    tombstones.replay(read(path.open())[0])
    tombstones.settle()

    assert path.read_text() == f"{lines[-1]}\n"
    assert Tombstone.objects.get().sealed == "2" * 64


def test_a_line_cut_off_spoils_neither_the_next_nor_the_rest(
    lena: KeyPerson, committed, path
) -> None:
    first = Stone(timezone.localdate(), "accounts.User", HASH)
    path.write_text(f"{first.line}\n2026-11-26 accounts.User 0a0a")
    with committed():
        services.erase_account(user=lena.user)

    stones, unreadable = read(path.open())

    assert [stone.kind for stone in stones] == ["accounts.User"] * 2
    assert unreadable == [2]


@pytest.mark.parametrize(
    "line",
    [
        "gestern accounts.User " + HASH,
        "2026-11-26 accounts.User " + HASH[:-1],
        "2026-11-26 accounts.User " + HASH.upper(),
        "2026-11-26 accounts.User " + HASH * 2,
        "2026-11-26 key " + HASH,
        f"2026-11-26 accounts.User {HASH} {HASH}",
        "\x00SQLite format 3",
    ],
)
def test_what_is_no_entry_is_none(line: str) -> None:
    with pytest.raises(NoListError):
        read([line])


def test_a_list_written_is_the_list_read() -> None:
    day = timezone.localdate()
    stones = [Stone(day, "accounts.User", HASH), Stone(day, KEY, HASH, HASH[::-1])]
    assert read(f"{stone.line}\n" for stone in stones) == (stones, [])


def test_the_night_leaves_a_file_alone_that_is_no_list(path) -> None:
    path.write_bytes(b"SQLite format 3\x00\xff\n")
    with pytest.raises(NoListError):
        tombstones.settle()
    assert path.read_bytes() == b"SQLite format 3\x00\xff\n"


def test_what_fails_keeps_nothing_else_from_going(
    lena: KeyPerson, fremd: KeyPerson
) -> None:
    third = User.objects.create_user(display_name="Dritte Person")
    backup = copy_of(third)
    services.erase_account(user=third)
    restore(backup)
    # A key that somebody else has cannot be given: the database refuses it.
    tombstones.note_last(KEY, {lena.user.pk: fremd.user.key_hash or ""})

    done = tombstones.replay()

    assert done.gone == {"accounts.User": 1}
    [failure] = done.failed
    assert str(failure) == f"key {lena.user.pk}: IntegrityError"
    assert User.objects.count() == 2


def test_the_command_names_what_failed_and_does_not_end_well(
    lena: KeyPerson, fremd: KeyPerson, path: Path
) -> None:
    path.touch()
    tombstones.note_last(KEY, {lena.user.pk: fremd.user.key_hash or ""})
    out = StringIO()
    with pytest.raises(CommandError, match="1 Zeile ließ sich nicht"):
        call_command("replay_tombstones", stdout=out, stderr=out)
    assert out.getvalue() == f"key {lena.user.pk}: IntegrityError\n"


def test_what_ended_with_nothing_new_is_an_entry_too() -> None:
    day = timezone.localdate()
    stones = [Stone(day, "calendar", HASH), Stone(day, "calendar", HASH[::-1], HASH)]
    assert read(f"{stone.line}\n" for stone in stones) == (stones, [])


# --- The command ---


def replay(*arguments: str) -> str:
    out = StringIO()
    call_command("replay_tombstones", *arguments, stdout=out, stderr=out)
    return out.getvalue()


def test_the_command_says_what_went_and_what_it_could_not_read(
    lena: KeyPerson, committed, path
) -> None:
    backup = copy_of(lena.user)
    with committed():
        services.erase_account(user=lena.user)
    with path.open("a") as file:
        file.write("unfug\n")
    restore(backup)
    assert replay() == (
        "accounts.User: 1\nUnlesbare Zeilen: 2\nAlles auf der Liste ist gelöscht.\n"
    )
    assert replay(str(path)).endswith("Alles auf der Liste ist gelöscht.\n")


def test_the_command_refuses_what_is_missing_or_no_list(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="replay_tombstones DATEI"):
        replay(str(tmp_path / "gibt-es-nicht"))
    wrong = tmp_path / "falsch"
    wrong.write_text("Einkaufszettel\n")
    with pytest.raises(CommandError, match="keine Liste"):
        replay(str(wrong))
