"""Parts of addresses: plain letters, because every route and every print reads them."""

import re

from django.utils.text import slugify
from wagtail.coreutils import string_to_ascii

PLAIN = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
#: How German writes its letters without them. Others become what they look like.
UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"}
_TABLE = str.maketrans(UMLAUTS)


def plain_address(words: str) -> str:
    """Return words as a part of an address: ``Größe & Straße`` → ``groesse-strasse``.

    Empty where nothing of them can be written in plain letters.
    """
    ascii_words = string_to_ascii(words.translate(_TABLE))
    return slugify(ascii_words.replace("_", " "))


def is_plain(address: str) -> bool:
    """Whether a part of an address is lower-case letters, digits, single hyphens."""
    return bool(PLAIN.fullmatch(address))
