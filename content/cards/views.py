"""Step cards on their own: all of them by system, and one with every system."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from content.requests import generation_of

from .queries import card_context, cards_by_system, step_cards


@require_safe
def card_index(request: HttpRequest) -> HttpResponse:
    """List all cards; context: ``systems``. Without any card there is no such page."""
    cards = step_cards(generation=generation_of(request))
    if not cards:
        raise Http404(_("There is no step card yet."))
    context = {"systems": cards_by_system(cards.values())}
    return render(request, "content/cards/index.html", context)


@require_safe
def card_detail(request: HttpRequest, key: str) -> HttpResponse:
    """Show one card with every system; context: see :func:`card_context`."""
    generation = generation_of(request)
    card = step_cards(generation=generation).get(key)
    if card is None:
        raise Http404(_("This step card does not exist."))
    return render(request, "content/cards/detail.html", card_context(card, generation))
