"""What the messages of the mailboxes keep to."""

from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml

TEXTS = sorted(Path(__file__).parents[1].glob("words.*.yaml"))
ALL_WORDS = {path.name: yaml.safe_load(path.read_text()) for path in TEXTS}
MESSAGES: list[dict[str, Any]] = ALL_WORDS["words.de.yaml"]["stage"]["messages"]
SIZES = {"schule": 12, "verwaltung": 12, "erwachsene": 12, "spaeter": 6}


def box(setting: str) -> list[dict[str, Any]]:
    return [each for each in MESSAGES if setting in each["in"]]


@pytest.mark.parametrize(("setting", "size"), SIZES.items())
def test_half_of_a_mailbox_is_genuine(setting: str, size: int) -> None:
    assert [len(box(setting)), sum(m["fraud"] for m in box(setting))] == [
        size,
        size // 2,
    ]


@pytest.mark.parametrize("setting", SIZES)
def test_each_mailbox_holds_one_that_only_asking_settles(setting: str) -> None:
    assert any(message.get("needed") for message in box(setting))


@pytest.mark.parametrize("pair", list(combinations(list(SIZES)[:3], 2)))
def test_mailboxes_share_seven_messages(pair: tuple[str, str]) -> None:
    shared = [each for each in box(pair[0]) if each in box(pair[1])]

    assert len(shared) == 7


def test_no_clue_is_a_picture_that_nobody_is_shown() -> None:
    """The lab shows words: a picture can be spoken of only where they mention it."""
    unseen = [
        f"{message['id']}: {clue}"
        for message in MESSAGES
        for clue in message["counted"] + message["ignored"]
        for picture in ("Logo", "Schild", "Symbol", "Wappen")
        if picture in clue and picture not in message["address"]
    ]

    assert unseen == []


@pytest.mark.parametrize("name", ALL_WORDS)
def test_every_address_is_a_reserved_one(name: str) -> None:
    messages = ALL_WORDS[name]["stage"]["messages"]
    hosts = [
        link["to"].removeprefix("https://").split("/")[0]
        for message in messages
        for link in message.get("links", [])
    ]
    hosts += [m["address"].split("@")[1] for m in messages if "@" in m["address"]]

    assert hosts
    assert [host for host in hosts if not host.endswith(".example")] == []
