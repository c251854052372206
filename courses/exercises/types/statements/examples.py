"""Examples that the contract of question types is tested with."""

from typing import Any

VALUE: dict[str, Any] = {
    "key": "lock",
    "intro": "<p>Lena sees a little lock beside the address of a shop.</p>",
    "question": "What does the lock tell her?",
    "hint": "Think of an envelope: who can read it, and who wrote it?",
    "explanation": "<p>The lock protects the way, not the destination.</p>",
    "statements": [
        {
            "text": "Nobody on the way can read her password.",
            "correct": True,
            "feedback": "Yes, the connection is encrypted.",
            "reasons": [
                {
                    "text": "The shop has promised it.",
                    "correct": False,
                    "feedback": "A promise would not keep anybody from listening in.",
                },
                {
                    "text": "It is encrypted before it leaves her device.",
                    "correct": True,
                    "feedback": "Only the shop can open it again.",
                },
                {
                    "text": "Passwords are too short to be found.",
                    "correct": False,
                    "feedback": "Length does not hide anything on the way.",
                },
            ],
        },
        {
            "text": "The shop is <b>honest</b>.",
            "correct": False,
            "feedback": "No, swindlers get a lock just as easily.",
            "reasons": [],
        },
    ],
}

PLAIN: dict[str, Any] = {
    "key": "cookies",
    "question": "What is true of cookies?",
    "statements": [
        {
            "text": "A cookie is a small text.",
            "correct": True,
            "feedback": "Yes, a few letters and numbers.",
            "reasons": [],
        },
        {
            "text": "A cookie can switch on the camera.",
            "correct": False,
            "feedback": "No, it is no program.",
            "reasons": [],
        },
        {
            "text": "Every cookie needs consent.",
            "correct": False,
            "feedback": "No, what is strictly necessary does not.",
            "reasons": [],
        },
        {
            "text": "Cookies can be deleted.",
            "correct": True,
            "feedback": "Yes, in the settings of the browser.",
            "reasons": [],
        },
    ],
}

#: Block value, posted form, score.
EXAMPLES: list[tuple[dict[str, Any], str, int]] = [
    (VALUE, "judgement-0=true&reason-0=1&judgement-1=false", 100),
    (VALUE, "judgement-0=true&reason-0=0&judgement-1=false", 75),
    (VALUE, "judgement-0=true&judgement-1=undecided", 25),
    (VALUE, "judgement-0=undecided&judgement-1=undecided", 0),
    (VALUE, "judgement-0=false&reason-0=1&judgement-1=true", 0),
    (
        PLAIN,
        "judgement-0=true&judgement-1=false&judgement-2=false&judgement-3=true",
        100,
    ),
    (
        PLAIN,
        "judgement-0=true&judgement-1=false&judgement-2=true&judgement-3=undecided",
        25,
    ),
    (
        PLAIN,
        "judgement-0=true&judgement-1=true&judgement-2=true&judgement-3=true",
        0,
    ),
]
