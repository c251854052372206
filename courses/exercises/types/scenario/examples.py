"""Examples that the contract of question types is tested with."""

from typing import Any

VALUE: dict[str, Any] = {
    "key": "parcel",
    "intro": "<p>Tom waits for a parcel.</p>",
    "question": "What does Tom do?",
    "hint": "Who asks, and what for?",
    "explanation": "<p>Nobody has to act at once because a message says so.</p>",
    "steps": [
        {
            "id": "message",
            "text": "<p>A message says: pay two euros at once.</p>",
            "choices": [
                {
                    "text": "Tap the link",
                    "to": "page",
                    "feedback": "The link leads to a page that only looks real.",
                },
                {
                    "text": "Look at the sender first",
                    "to": "sender",
                    "feedback": "That takes seconds and tells a lot.",
                },
                {
                    "text": "Wait a while",
                    "to": "message",
                    "feedback": "The message is still there.",
                },
            ],
            "ending": "",
            "title": "",
            "score": None,
        },
        {
            "id": "page",
            "text": "<p>The page asks for the number of a card.</p>",
            "choices": [
                {
                    "text": "Type it in",
                    "to": "lost",
                    "feedback": "Whoever has the number can pay with it.",
                },
                {
                    "text": "Close the page",
                    "to": "close-call",
                    "feedback": "Nothing but the visit was seen.",
                },
            ],
            "ending": "",
            "title": "",
            "score": None,
        },
        {
            "id": "sender",
            "text": "<p>The number is from abroad.</p>",
            "choices": [
                {
                    "text": "Delete the message and look up the parcel",
                    "to": "calm",
                    "feedback": "The real site needs no link in a message.",
                },
                {
                    "text": "Tap the link all the same",
                    "to": "page",
                    "feedback": "What the sender told was left aside.",
                },
            ],
            "ending": "",
            "title": "",
            "score": None,
        },
        {
            "id": "lost",
            "text": "<p>In the evening money is missing.</p>",
            "choices": [],
            "ending": "schlecht",
            "title": "The money is gone",
            "score": None,
        },
        {
            "id": "close-call",
            "text": "<p>Somebody knows now that this number is in use.</p>",
            "choices": [],
            "ending": "gemischt",
            "title": "A close call",
            "score": None,
        },
        {
            "id": "calm",
            "text": "<p>The parcel comes tomorrow, without two euros.</p>",
            "choices": [],
            "ending": "gut",
            "title": "Nothing happened",
            "score": None,
        },
    ],
}

#: Block value, posted form, score.
EXAMPLES: list[tuple[dict[str, Any], str, int]] = [
    (VALUE, "choice=1&choice=0", 100),
    (VALUE, "choice=2&choice=1&choice=0", 100),
    (VALUE, "choice=0&choice=1", 50),
    (VALUE, "choice=1&choice=1&choice=1", 50),
    (VALUE, "choice=0&choice=0", 0),
]
