"""Examples that the contract of question types is tested with."""

from typing import Any

VALUE: dict[str, Any] = {
    "key": "places",
    "intro": "<p>Lena looks at what her phone has sent.</p>",
    "question": "Which of these tell where she is?",
    "hint": "Two of them do.",
    "explanation": "<p>Names of networks are as telling as satellites.</p>",
    "options": [
        {
            "text": "Names of networks",
            "correct": True,
            "feedback": "Yes, there are maps of them.",
        },
        {
            "text": "The volume",
            "correct": False,
            "feedback": "No, it is the same everywhere.",
        },
        {
            "text": "Satellite positions",
            "correct": True,
            "feedback": "Yes, down to a few metres.",
        },
        {
            "text": "The brightness",
            "correct": False,
            "feedback": "No, lamps are bright in many places.",
        },
    ],
}

#: Block value, posted form, score.
EXAMPLES: list[tuple[dict[str, Any], str, int]] = [
    (VALUE, "option=0&option=2", 100),
    (VALUE, "option=2", 50),
    (VALUE, "option=0&option=1&option=2", 50),
    (VALUE, "option=1", 0),
    (VALUE, "option=0&option=1&option=2&option=3", 0),
]
