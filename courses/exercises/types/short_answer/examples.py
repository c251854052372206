"""Examples that the contract of question types is tested with."""

from typing import Any

VALUE: dict[str, Any] = {
    "key": "bait",
    "intro": "<p>A message in the name of the bank asks Mehmet for his PIN.</p>",
    "question": "What is this kind of fraud called?",
    "hint": "It sounds like a hobby at a lake.",
    "explanation": "<p>Banks never ask for a PIN.</p>",
    "accepted": ["Phishing", "Phishing-Mail", "Password fishing"],
    "wrong": [
        {
            "text": "Spam",
            "near": True,
            "feedback": "It arrives the same way, but only wants to sell.",
        },
        {
            "text": "Virus",
            "near": False,
            "feedback": "That one breaks in by itself; here, somebody has to open.",
        },
    ],
}

#: Block value, posted form, score.
EXAMPLES: list[tuple[dict[str, Any], str, int]] = [
    (VALUE, "answer=phishing", 100),
    (VALUE, "answer=++Das+ist+Phishing!", 100),
    (VALUE, "answer=Phisihng", 100),
    (VALUE, "answer=phishing+mails", 100),
    (VALUE, "answer=Spam", 50),
    (VALUE, "answer=Viren", 0),
    (VALUE, "answer=ein+Virus", 0),
    (VALUE, "answer=kein+Phishing", 0),
    (VALUE, "answer=Phishing+Spam+Virus", 0),
    (VALUE, "answer=fraud", 0),
]
