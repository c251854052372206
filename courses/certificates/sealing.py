"""The seal of a certificate: checks a name against a paper, confirms none by itself.

The paper carries a code of 100 random bits that is stored nowhere. The seal is an HMAC
(RFC 2104, with SHA-256) keyed with that code over what the paper says. Whoever has the
database alone can therefore not even test a guessed name; whoever holds the paper can.
A result that the paper shows travels in the code's last group, so no row keeps it.
"""

import hashlib
import hmac
import json
import re
import secrets
import unicodedata
from collections.abc import Mapping
from typing import Final

#: Crockford's alphabet: no I, L, O, U, so that nothing is misread.
ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RANDOM_LENGTH: Final = 20
GROUP: Final = 4
_SHAPE: Final = re.compile(
    rf"[{ALPHABET}]{{{RANDOM_LENGTH}}}(?:R(?P<result>\d{{1,3}}))?"
)
_MISREAD: Final = str.maketrans("ILO", "110")


def new_code(result: int | None = None) -> str:
    """Return a new code; ``result`` (per cent) is what the paper shows, if anything."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM_LENGTH))
    return code if result is None else f"{code}R{result}"


def written(code: str) -> str:
    """Return a code in groups, as it is printed."""
    body, result = code[:RANDOM_LENGTH], code[RANDOM_LENGTH:]
    groups = [body[i : i + GROUP] for i in range(0, RANDOM_LENGTH, GROUP)]
    return "-".join([*groups, result] if result else groups)


def read_code(typed: str) -> str | None:
    """Return a typed code as it was issued, or None where it cannot be one.

    Forgives case, blanks, hyphens and look-alikes.
    """
    bare = re.sub(r"[^0-9A-Z]", "", typed.upper()[:80]).translate(_MISREAD)
    body, result = bare[:RANDOM_LENGTH], bare[RANDOM_LENGTH:]
    return body + result if _SHAPE.fullmatch(body + result) else None


def result_of(code: str) -> int | None:
    """Return the result in per cent that the paper shows, if it shows one."""
    shape = _SHAPE.fullmatch(code)
    return int(shape["result"]) if shape and shape["result"] else None


def seal(code: str, name: str, facts: Mapping[str, str]) -> str:
    """Return the seal of a paper: 64 hexadecimal digits.

    Names count as the same whatever their case, blanks and Unicode form.
    """
    said = json.dumps([same_name(name), dict(sorted(facts.items())), code])
    return hmac.new(code.encode(), said.encode(), hashlib.sha256).hexdigest()


def same_name(name: str) -> str:
    """Return a name as it is compared."""
    return " ".join(unicodedata.normalize("NFC", name).split()).casefold()
