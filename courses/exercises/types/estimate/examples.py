"""Examples that the contract of question types is tested with.

The numbers are made up, as the town they are said to come from.
"""

from typing import Any

VALUE: dict[str, Any] = {
    "key": "lights",
    "intro": "<p>Hellingen has counted its lamps.</p>",
    "question": "How many of a hundred lamps are switched on at noon?",
    "hint": "Few people look up.",
    "explanation": "<p>Counting is better than guessing.</p>",
    "value": "20",
    "unit": "%",
    "tolerance": "10",
    "half_tolerance": "40",
    "least": "0",
    "most": "100",
    "low": "Lamps in cellars are easily forgotten.",
    "high": "Lamps in streets are off at noon.",
    "right": "Those in cellars and halls.",
    "source": "Made up for Hellingen",
    "from": "19",
    "to": "23",
}

WIDE: dict[str, Any] = {
    **VALUE,
    "key": "letters",
    "value": "250000",
    "unit": "letters a year",
    "tolerance": "100",
    "half_tolerance": None,
    "least": "10",
    "most": "100000000",
    "from": None,
    "to": None,
}

#: Block value, posted form, score.
EXAMPLES: list[tuple[dict[str, Any], str, int]] = [
    (VALUE, "estimate=20", 100),
    (VALUE, "estimate=22%2C5+%25", 100),
    (VALUE, "estimate=12", 50),
    (VALUE, "estimate=28.0", 50),
    (VALUE, "estimate=5", 0),
    (VALUE, "estimate=77", 0),
    (WIDE, "estimate=250.000", 100),
    (WIDE, "estimate=ca.+125000", 100),
    (WIDE, "estimate=0%2C7+Mio.", 50),
    (WIDE, "estimate=1000", 0),
]
