"""A pupil's card: a picture PIN set and removed, other devices signed out.

Stands here because a card is known to groups, and the account's keys to accounts. No
page of teachers reads anything of it.
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from content.requests import private
from courses.groups.queries import memberships_of
from learnsite.accounts import limits, pictures, services
from learnsite.accounts.decorators import confirm_key_required, person_of
from learnsite.accounts.models import User
from learnsite.accounts.picture_step import chosen_in, picture_choice


@require_http_methods(["GET", "HEAD", "POST"])
@confirm_key_required
def picture_pin(request: HttpRequest) -> HttpResponse:
    """Let four pictures be chosen, shown again and kept, or removed by the same."""
    person = person_of(request)
    if person.picture_pin:
        return _remove(request, person)
    if not memberships_of(person).filter(has_card=True).exists():
        raise Http404(_("A picture PIN belongs to a printed card."))
    chosen = chosen_in(request)
    if len(chosen) == pictures.LENGTH and "keep" in request.POST:
        services.set_picture_pin(user=person, chosen=chosen, request=request)
        text = _("From the next sign-in on, these four pictures are asked for.")
        messages.success(request, text)
        return _to_learning()
    return _page(request, chosen)


def _remove(request: HttpRequest, person: User) -> HttpResponse:
    """Remove the PIN of who can still say it: an open session alone is not enough."""
    chosen = chosen_in(request)
    if len(chosen) < pictures.LENGTH:
        return _page(request, chosen)
    attempt = limits.try_pictures(person.pk)
    if attempt.wait:
        return _page(request, (), wait=attempt.wait)
    if not services.is_pin_of(person, chosen):
        return _page(request, (), is_wrong=True)
    attempt.was_right()
    services.remove_picture_pin(user=person)
    messages.success(request, _("The picture PIN is removed."))
    return _to_learning()


def _page(
    request: HttpRequest,
    chosen: tuple[str, ...],
    *,
    is_wrong: bool = False,
    wait: int = 0,
) -> HttpResponse:
    context = {
        **picture_choice(chosen),
        "has_pin": bool(person_of(request).picture_pin),
        "is_chosen": len(chosen) == pictures.LENGTH,
        "kept": [(name, pictures.PICTURES[name]) for name in chosen],
        "is_wrong": is_wrong,
        "wait_seconds": wait,
    }
    status = 429 if wait else 422 if is_wrong else 200
    page = render(request, "courses/picture_pin.html", context, status=status)
    return private(page)


@require_POST
@login_required
def sign_out_elsewhere(request: HttpRequest) -> HttpResponse:
    """Sign out whoever else came in by the same card, just now or some day before."""
    services.end_other_sessions(request=request, user=person_of(request))
    messages.success(request, _("The other devices are signed out."))
    return _to_learning()


def _to_learning() -> HttpResponse:
    response = redirect("learning")
    response.status_code = 303
    return private(response)
