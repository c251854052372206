"""Picture PINs: four of twelve pictures in an order, asked after a card's key.

Pure functions; they know no account and no database. Only ``pin_hashes`` are stored.
"""

import hashlib
import hmac
from collections.abc import Sequence
from typing import Final

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LENGTH: Final = 4
#: Symbols of ``pictures.svg``, each with what a screen reader says.
PICTURES: Final[dict[str, Promise | str]] = {
    "sun": _("The sun"),
    "moon": _("Moon"),
    "star": _("Star"),
    "tree": _("Tree"),
    "house": _("House"),
    "fish": _("Fish"),
    "boat": _("Boat"),
    "flower": _("Flower"),
    "apple": _("Apple"),
    "mushroom": _("Mushroom"),
    "umbrella": _("Umbrella"),
    "kite": _("Kite"),
}


def read(chosen: str, added: str = "") -> tuple[str, ...]:
    """Return the pictures a form carries along and the one just pressed.

    What is no picture is dropped, and whatever would be too many.
    """
    names = [*chosen.split("-"), added]
    return tuple(name for name in names if name in PICTURES)[:LENGTH]


def written(chosen: Sequence[str]) -> str:
    """Return pictures as a form carries them along."""
    return "-".join(chosen)


def pin_hashes(owner: object, chosen: Sequence[str]) -> list[str]:
    """Return the hash of a picture PIN under each pepper, newest first.

    The owner is part of it, so that two with the same pictures cannot be told. There
    are few PINs: without the pepper, which no database holds, none can be tried.
    """
    message = f"pictures:{owner}:{written(chosen)}".encode()
    return [
        hmac.new(pepper.encode(), message, hashlib.sha256).hexdigest()
        for pepper in settings.LEARNING_KEY_PEPPERS
    ]
