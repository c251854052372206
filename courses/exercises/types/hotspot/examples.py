"""Examples that the contract of question types is tested with.

Where a picture belongs stands its name; tests put one there.
"""

from typing import Any

VALUE: dict[str, Any] = {
    "key": "banner",
    "intro": "<p>Lena opens the site of a shop in Hellingen.</p>",
    "question": "Where does this banner push her to agree?",
    "hint": "Compare the buttons.",
    "explanation": "<p>Saying no must be as easy as saying yes.</p>",
    "image": "banner.png",
    "image_alt": "A banner with a text, a large and a small button and a cross.",
    "regions": [
        {
            "label": "Large green button “Accept all”",
            "x": "10",
            "y": "60",
            "width": "35",
            "height": "20",
            "correct": True,
            "feedback": "Yes, colour and size draw the eye to it.",
        },
        {
            "label": "Heading “Your privacy”",
            "x": "10",
            "y": "10",
            "width": "50.5",
            "height": "12",
            "correct": False,
            "feedback": "No, it says what it is about.",
        },
        {
            "label": "Small grey text “More options”",
            "x": "55",
            "y": "64",
            "width": "30",
            "height": "12",
            "correct": True,
            "feedback": "Yes, refusing is hidden behind it.",
        },
        {
            "label": "Link “Imprint”",
            "x": "70",
            "y": "88",
            "width": "20",
            "height": "8",
            "correct": False,
            "feedback": "No, every site has one.",
        },
    ],
}

#: Block value, posted form, score.
EXAMPLES: list[tuple[dict[str, Any], str, int]] = [
    (VALUE, "option=0&option=2", 100),
    (VALUE, "option=2", 50),
    (VALUE, "option=0&option=1&option=2", 50),
    (VALUE, "option=3", 0),
    (VALUE, "option=0&option=1&option=2&option=3", 0),
]
