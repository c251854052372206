"""Examples that the contract of question types is tested with."""

from typing import Any

#: Block values; nothing is sent and nothing has a score.
VALUES: list[dict[str, Any]] = [
    {
        "key": "willing",
        "intro": "<p>Six apps know where Lena was today.</p>",
        "question": "What are you willing to share, and for what?",
        "hint": "Think of an app that you do not want to miss.",
        "lines": 6,
    },
]
