"""What a browser compares to know whether a page that renews itself has changed."""

import hashlib
from typing import Any

from django.utils.translation import get_language


def tag_of(*shown: Any) -> str:
    """Return a short name of what is shown, as an entity tag.

    Equal values have equal tags; known before anything is rendered.
    """
    words = repr((get_language(), *shown))
    return f'W/"{hashlib.sha256(words.encode()).hexdigest()[:16]}"'
