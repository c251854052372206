"""What pupils without a browser find on pages, and how they answer."""

import re

OWN = {"Sec-Fetch-Site": "same-origin"}
BY_SCRIPT = {**OWN, "Accept": "application/json"}

FORM = re.compile(r'action="(/kurse/[^"]+/antwort/[-\w]+/)#b-(\w+)"')
#: What follows the card of a class, once its key was noted.
CARD = re.compile(r'type="submit" name="next" value="(/[^"]+)"')
LESSON = re.compile(r'href="(/kurse/datengrabbing/[-\w]+/)"')


def found(pattern: re.Pattern[str], page: str) -> tuple[str, ...]:
    """Return what a pattern finds first; raise where it finds nothing."""
    match = pattern.search(page)
    if match is None:
        raise LookupError(f"{pattern.pattern} is not on the page")
    return match.groups()
