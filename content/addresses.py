"""Parts of addresses: plain letters, because every route and every print reads them."""

import re

from django.core.validators import RegexValidator
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.coreutils import string_to_ascii

PLAIN = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ONLY_PLAIN = _("Use lower-case letters, digits and single hyphens only.")
#: The same rule for ids: addresses, files and links carry them.
only_plain = RegexValidator(f"^{PLAIN.pattern}$", ONLY_PLAIN)
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
