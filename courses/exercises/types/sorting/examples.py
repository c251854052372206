"""Examples that the contract of question types is tested with."""

from typing import Any
from urllib.parse import urlencode

from ..base import hidden_order

VALUE: dict[str, Any] = {
    "key": "weather-app",
    "intro": "<p>Lena's weather app asks for a lot.</p>",
    "question": "What does it need to tell the weather where she is?",
    "hint": "Think of what a forecast is made of.",
    "explanation": "<p>Much of it works with less than is asked for.</p>",
    "categories": [
        {"id": "needed", "text": "Needed for this"},
        {"id": "not-needed", "text": "Not needed"},
        {"id": "disputed", "text": "Disputed"},
    ],
    "items": [
        {
            "text": "The <b>town</b> she is in",
            "category": "needed",
            "also": [],
            "feedback": "Without a place there is no forecast.",
        },
        {
            "text": "Her contacts",
            "category": "not-needed",
            "also": [],
            "feedback": "Nobody's number changes the weather.",
        },
        {
            "text": "Her exact street",
            "category": "not-needed",
            "also": ["disputed"],
            "feedback": "Rain radars gain a little by it; forecasts do not.",
        },
        {
            "text": "An id for advertising",
            "category": "disputed",
            "also": [],
            "feedback": "It pays for the app and does nothing for the forecast.",
        },
    ],
}


def form(*chosen: int | None) -> str:
    """Return the form that sorts the cards so; they are named by where they lie."""
    order = hidden_order(VALUE, 4, "")
    places = {f"item-{order.index(i)}": c for i, c in enumerate(chosen)}
    return urlencode({name: c for name, c in places.items() if c is not None})


#: Block value, posted form, score.
EXAMPLES: list[tuple[dict[str, Any], str, int]] = [
    (VALUE, form(0, 1, 1, 2), 100),
    (VALUE, form(0, 1, 2, 2), 100),
    (VALUE, form(0, 1, 1, 1), 50),
    (VALUE, form(1, 1, 1, 1), 0),
    (VALUE, form(2, 0, 0, 1), 0),
]
