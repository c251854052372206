"""Examples that the contract of question types is tested with."""

from typing import Any
from urllib.parse import urlencode

from ..base import hidden_order

VALUE: dict[str, Any] = {
    "key": "way-of-a-message",
    "intro": "<p>Lena sends a message from the café to Mika.</p>",
    "question": "Which way does it take?",
    "hint": "It leaves the house before it crosses the country.",
    "explanation": "<p>Each station reads the address, none of them the words.</p>",
    "items": [
        {"text": "Lena's phone", "feedback": "Here it is written and locked."},
        {"text": "The café's <b>router</b>", "feedback": "It leads out of the house."},
        {"text": "The operator's server", "feedback": "It keeps it until Mika is on."},
        {"text": "Mika's phone", "feedback": "Only here it is unlocked."},
    ],
    "from": "first",
    "to": "last",
}


def form(*places: int | None) -> str:
    """Return the form that gives the items these places, by where they are shown."""
    order = hidden_order(VALUE, 4, "")
    given = {f"place-{order.index(i)}": p for i, p in enumerate(places)}
    return urlencode(
        {name: place for name, place in given.items() if place is not None}
    )


#: Block value, posted form, score.
EXAMPLES: list[tuple[dict[str, Any], str, int]] = [
    (VALUE, form(0, 1, 2, 3), 100),
    (VALUE, form(0, 2, 1, 3), 67),
    (VALUE, form(3, 0, 1, 2), 0),
    (VALUE, form(3, 2, 1, 0), 0),
]
