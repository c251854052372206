"""Join codes: six characters that can be read from a board and typed on a phone.

A code lets people in and is never a proof of who somebody is. No vowels, so that no
words come about; no two characters that look alike, so that every misreading can be
forgiven.
"""

import secrets

ALPHABET = "0123456789CDFGHJKMNPQRTVWXY"
LENGTH = 6
#: What is read for what: the left is never in a code, the right may be.
_MISREAD = str.maketrans("OILZSBU", "011258V")


def new_code() -> str:
    """Return a random code; about 387 million are possible."""
    return "".join(secrets.choice(ALPHABET) for _place in range(LENGTH))


def read_code(typed: str) -> str:
    """Return the code somebody meant, or an empty string if it cannot be one.

    Case, blanks, hyphens and characters that look alike do not matter.
    """
    return read_characters(typed, LENGTH)


def read_characters(typed: str, length: int) -> str:
    """Return so many characters of the alphabet as they were meant, or nothing."""
    kept = "".join(each for each in typed.upper() if each.isalnum())
    code = kept.translate(_MISREAD)
    is_code = len(code) == length and set(code) <= set(ALPHABET)
    return code if is_code else ""


def spaced(code: str) -> str:
    """Return a code as it is shown: two groups of three."""
    return f"{code[:3]} {code[3:]}"
