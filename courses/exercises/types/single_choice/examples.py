"""Examples that the contract of question types is tested with."""

from typing import Any

VALUE: dict[str, Any] = {
    "key": "weather",
    "intro": "<p>Lena opens the weather app.</p>",
    "question": "How does the app earn its money?",
    "hint": "Who pays for it?",
    "explanation": "<p>Whoever wants to advertise pays for places and habits.</p>",
    "options": [
        {
            "text": "By selling umbrellas",
            "correct": False,
            "feedback": "No, that would be a shop.",
        },
        {
            "text": "By <b>advertising</b>",
            "correct": True,
            "feedback": "Yes, it shows ads that fit the place.",
        },
        {
            "text": "By taxes",
            "correct": False,
            "feedback": "No, it belongs to a company.",
        },
    ],
}

#: Block value, posted form, score.
EXAMPLES: list[tuple[dict[str, Any], str, int]] = [
    (VALUE, "option=1", 100),
    (VALUE, "option=0", 0),
    (VALUE, "option=2", 0),
]
