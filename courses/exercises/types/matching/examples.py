"""Examples that the contract of question types is tested with."""

from typing import Any
from urllib.parse import urlencode

from ..base import hidden_order

VALUE: dict[str, Any] = {
    "key": "who-sees-what",
    "intro": "<p>Lena sends a message in Hellingen's open network.</p>",
    "question": "Who gets to see what?",
    "hint": "Begin with the one that is nearest.",
    "explanation": "<p>Encryption hides the words, never that there were any.</p>",
    "pairs": [
        {
            "left": "The café's router",
            "right": "Which servers she talks to",
            "feedback": "It passes her packets on and reads their addresses.",
        },
        {
            "left": "The messenger's operator",
            "right": "Whom she writes to &amp; when",
            "feedback": "Somebody has to deliver the message.",
        },
        {
            "left": "Her friend <i>Mika</i>",
            "right": "The <b>words</b> themselves",
            "feedback": "They were meant for Mika.",
        },
    ],
    "distractors": ["Her fingerprint"],
}


def form(*chosen: int | None) -> str:
    """Return the form that chooses these cards; they are posted by where they lie."""
    order = hidden_order(VALUE, 4, "")
    places = {
        f"pair-{i}": order.index(c) for i, c in enumerate(chosen) if c is not None
    }
    return urlencode(places)


#: Block value, posted form, score.
EXAMPLES: list[tuple[dict[str, Any], str, int]] = [
    (VALUE, form(0, 1, 2), 100),
    (VALUE, form(0, 1, 3), 50),
    (VALUE, form(0, 2, 1), 0),
    (VALUE, form(3, 0, 1), 0),
]
