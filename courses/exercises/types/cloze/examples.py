"""Examples that the contract of question types is tested with."""

from typing import Any

VALUE: dict[str, Any] = {
    "key": "letter",
    "intro": "<p>Tom explains a message to his grandmother.</p>",
    "question": "Which words are missing?",
    "hint": "A letter in an envelope is what the second one is about.",
    "explanation": "<p>Whoever has the key reads the message, nobody else.</p>",
    "text": (
        "<p>A message is like a {{thing}}. In between, it passes many "
        "<b>{{machines}}</b>.</p><p>Only {{means}} keeps it secret.</p>"
    ),
    "gaps": [
        {
            "name": "thing",
            "accepted": ["postcard", "Ansichtskarte"],
            "options": [],
            "feedback": "Whoever carries it can read it.",
        },
        {
            "name": "means",
            "accepted": ["encryption"],
            "options": ["encryption", "a promise", "compression"],
            "feedback": "It turns words into signs that only a key turns back.",
        },
        {
            "name": "machines",
            "accepted": ["servers"],
            "options": [],
            "feedback": "Each of them takes it and hands it on.",
        },
    ],
}

CHOSEN: dict[str, Any] = {
    "key": "backup",
    "question": "How many copies does a good rule ask for?",
    "text": "<p>{{copies}} copies, one of them {{place}}.</p>",
    "gaps": [
        {
            "name": "copies",
            "accepted": ["3"],
            "options": ["3", "1", "10"],
            "feedback": "Two can be lost on the same day.",
        },
        {
            "name": "place",
            "accepted": ["elsewhere"],
            "options": ["elsewhere", "beside the computer"],
            "feedback": "Fire and thieves take what stands together.",
        },
    ],
}

#: Block value, posted form, score.
EXAMPLES: list[tuple[dict[str, Any], str, int]] = [
    (VALUE, "gap-0=postcard&gap-2=servers&gap-1=3", 100),
    (VALUE, "gap-0=+ansichtskarte.&gap-2=SERVESR&gap-1=3", 100),
    (VALUE, "gap-0=postcard&gap-2=servers&gap-1=1", 50),
    (VALUE, "gap-0=letter&gap-2=&gap-1=3", 33),
    (VALUE, "gap-0=postcards+letters", 0),
    (CHOSEN, "gap-0=2&gap-1=2", 100),
    (CHOSEN, "gap-0=1&gap-1=2", 25),
    (CHOSEN, "gap-0=3&gap-1=1", 0),
]
