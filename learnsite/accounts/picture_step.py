"""The second step of whoever set a picture PIN: four pictures after the card's key.

Each press sends the form once, so that it needs neither script nor a fine hand; only
the fourth is looked at, so that no single picture can be tried.
"""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from . import limits, pictures, services

#: On the page that asks for the key: the pictures came too late.
TOO_LATE = "zu-spaet"


def ask_for_pictures(
    request: HttpRequest,
    sealed: str,
    chosen: Sequence[str] = (),
    *,
    is_wrong: bool = False,
    wait: int = 0,
) -> HttpResponse:
    """Return the page that asks for the next picture."""
    context = {
        **picture_choice(chosen),
        "sealed": sealed,
        "is_wrong": is_wrong,
        "wait_seconds": wait,
    }
    status = 429 if wait else 422 if is_wrong else 200
    response = render(request, "accounts/key_pictures.html", context, status=status)
    if wait:
        response.headers["Retry-After"] = str(wait)
    return response


def picture_choice(chosen: Sequence[str]) -> dict[str, Any]:
    """Return what ``pictures.html`` shows: all pictures, and how many are chosen."""
    return {
        "pictures": pictures.PICTURES,
        "chosen": pictures.written(chosen),
        "number": len(chosen) + 1,
        "total": pictures.LENGTH,
        "places": [place < len(chosen) for place in range(pictures.LENGTH)],
    }


def chosen_in(request: HttpRequest) -> tuple[str, ...]:
    """Return the pictures chosen so far; none after “begin again”."""
    if "again" in request.POST:
        return ()
    pressed = request.POST.get("picture", "")
    return pictures.read(request.POST.get("chosen", ""), pressed)


@sensitive_post_parameters("chosen", "picture", "sealed")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def key_pictures(request: HttpRequest) -> HttpResponse:
    """Take one picture after another; the right four open the account."""
    sealed = request.POST.get("sealed", "")
    waiting = services.unseal_sign_in(sealed)
    if waiting is None:
        query = f"?{TOO_LATE}" if request.method == "POST" else ""
        return redirect(reverse("key_signin") + query)
    chosen = chosen_in(request)
    if len(chosen) < pictures.LENGTH:
        return ask_for_pictures(request, sealed, chosen)
    attempt = limits.try_pictures(waiting.user.pk)
    if attempt.wait:
        return ask_for_pictures(request, sealed, wait=attempt.wait)
    if not services.is_pin_of(waiting.user, chosen):
        return ask_for_pictures(request, sealed, is_wrong=True)
    attempt.was_right()
    return services.sign_in(
        request=request,
        user=waiting.user,
        shared_device=waiting.shared_device,
        redirect_url=waiting.redirect_url,
    )
