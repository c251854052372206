"""The card with a learning key: shown once, to be printed or copied."""

from collections.abc import Sequence

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from . import keys
from .models import User
from .retention import KEEP_UNUSED_MONTHS
from .services import CARD_UNSEEN


def key_address(words: Sequence[str]) -> str:
    """Return the address that opens the account; the key stands behind ``#``.

    Browsers never send that part, so it reaches no server and no log.
    """
    sign_in = f"{settings.SITE_URL.rstrip('/')}{reverse('key_signin')}"
    return f"{sign_in}#{keys.fragment(words)}"


def qr_code(address: str, title: str = "") -> SafeString:
    """Return a QR code as inline SVG without any style, for the strict policy.

    ``title`` says what it is for; without one, that it opens an account.
    """
    drawing = segno.make(address, error="m", micro=False).svg_inline(
        svgclass="qr-code",
        lineclass="qr-code-modules",
        omitsize=True,
        title=title or _("QR code that opens the account"),
    )
    return mark_safe(drawing)  # noqa: S308 - drawn by segno from our own address


def render_key_card(
    request: HttpRequest,
    user: User,
    words: Sequence[str],
    *,
    continue_url: str | None = None,
    begin_url: str = "",
) -> HttpResponse:
    """Return the page that shows a new key, once.

    Answer the POST that issued the key with it: the words are in this response and
    nowhere else. ``continue_url`` is where "I have written it down" leads, and
    ``begin_url`` where a second button begins to learn at once; empty for none. Until
    then the session notes that the card may have gone astray.
    """
    request.session[CARD_UNSEEN] = True
    response = render(
        request,
        "accounts/key_card.html",
        {
            "account": user,
            "words": words,
            "learning_key": keys.written(words),
            "key_address": key_address(words),
            "sign_in_address": key_address(()).removesuffix("#"),
            "qr_code": qr_code(key_address(words)),
            "kept_months": KEEP_UNUSED_MONTHS,
            "continue_url": continue_url or resolve_url(settings.LOGIN_REDIRECT_URL),
            "begin_url": begin_url,
        },
    )
    response.headers["Cache-Control"] = "no-store"
    return response
