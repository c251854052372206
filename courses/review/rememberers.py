"""Someone who reviews: with an account (rows) or without one (the signed cookie).

Both offer the same few calls, as learners do in ``courses.progress``.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import Any, Protocol

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from . import cookie, queries, services
from .queries import CardKey
from .schedule import Memory


class Rememberer(Protocol):
    """What the player may ask of someone who reviews."""

    @property
    def is_on(self) -> bool: ...

    def memory(self, key: CardKey) -> Memory | None: ...

    def keep(self, key: CardKey, memory: Memory) -> None: ...

    def switch_on(self, due: Mapping[CardKey, date]) -> None: ...

    def switch_off(self) -> None: ...

    def finish(self, response: HttpResponse) -> None: ...


def rememberer_of(request: HttpRequest) -> Rememberer:
    """Return who reviews in a request; no statement for somebody without session."""
    if settings.SESSION_COOKIE_NAME in request.COOKIES and (
        request.user.is_authenticated
    ):
        return AccountRememberer(request.user)
    return VisitorRememberer(device_cards(request))


def device_cards(request: HttpRequest) -> dict[cookie.ShortKey, Memory]:
    """Return the cards that lie on the device of a request."""
    return cookie.loads(request.COOKIES.get(settings.REVIEW_COOKIE_NAME, ""))


def forget_device_cards(response: HttpResponse) -> None:
    """Remove the cards from the device."""
    response.delete_cookie(settings.REVIEW_COOKIE_NAME, samesite="Lax")


def merge_cards(
    *,
    user: Any,
    cards: Mapping[cookie.ShortKey, Memory],
    known: Iterable[CardKey],
) -> None:
    """Add a device's cards to an account; where it has a card, that one stays."""
    by_short = {cookie.short_key(*key): key for key in known}
    found = {by_short[s]: memory for s, memory in cards.items() if s in by_short}
    services.add_cards(user=user, cards=found)


class AccountRememberer:
    """Cards lie in rows."""

    def __init__(self, user: Any) -> None:
        self.user = user

    @cached_property
    def cards(self) -> dict[CardKey, Memory]:
        """All cards, read once."""
        return queries.cards_of(self.user)

    @property
    def is_on(self) -> bool:
        """Whether reviews were switched on."""
        return bool(self.cards)

    def memory(self, key: CardKey) -> Memory | None:
        """Return a card."""
        return self.cards.get(key)

    def keep(self, key: CardKey, memory: Memory) -> None:
        """Write a card."""
        services.keep_card(user=self.user, key=key, memory=memory)
        self.cards[key] = memory

    def switch_on(self, due: Mapping[CardKey, date]) -> None:
        """Start with a card for each goal met so far, due on the day given."""
        cards = {key: Memory(due=day) for key, day in due.items()}
        services.add_cards(user=self.user, cards=cards)

    def switch_off(self) -> None:
        """Delete all cards."""
        services.forget_cards(user=self.user)

    def finish(self, response: HttpResponse) -> None:
        """Do nothing: rows are written already."""


class VisitorRememberer:
    """Cards lie in the cookie only; the server keeps nothing."""

    def __init__(self, cards: dict[cookie.ShortKey, Memory]) -> None:
        self.cards = cards
        self.changed = False

    @property
    def is_on(self) -> bool:
        """Whether reviews were switched on."""
        return bool(self.cards)

    def memory(self, key: CardKey) -> Memory | None:
        """Return a card."""
        return self.cards.get(cookie.short_key(*key))

    def keep(self, key: CardKey, memory: Memory) -> None:
        """Change a card."""
        self.cards[cookie.short_key(*key)] = memory
        self.changed = True

    def switch_on(self, due: Mapping[CardKey, date]) -> None:
        """Start with a card for each goal met so far, due on the day given."""
        for key, day in due.items():
            self.cards.setdefault(cookie.short_key(*key), Memory(due=day))
        self.changed = True

    def switch_off(self) -> None:
        """Forget all cards."""
        self.cards.clear()
        self.changed = True

    def finish(self, response: HttpResponse) -> None:
        """Write the cookie when something changed."""
        if not self.changed:
            return
        if not self.cards:
            forget_device_cards(response)
            return
        response.set_cookie(
            settings.REVIEW_COOKIE_NAME,
            cookie.dumps(self.cards),
            max_age=settings.PROGRESS_COOKIE_AGE,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
