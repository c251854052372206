"""What is said where a page does not exist in the reader's language."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from wagtail.models import Page

from content.requests import offer_languages, same_for_everyone

from .base import missing_in


@require_safe
def missing(request: HttpRequest, key: UUID) -> HttpResponse:
    """Say in the reader's language that a page is not there yet, and who has it.

    Of a page under a view restriction not even the title is told.
    """
    editions = Page.objects.live().filter(translation_key=key)
    addresses = {
        page.locale.language_code: page.url
        for page in editions.select_related("locale")
    }
    if here := addresses.get(get_language()):
        return redirect(here)
    if not addresses:
        raise Http404
    offer_languages(request, lambda code: addresses.get(code) or missing_in(code, key))
    codes = [code for code, _name in settings.LANGUAGES if code in addresses]
    wanted = editions.public().filter(locale__language_code=codes[0]).first()
    context = {"wanted": wanted, "wanted_language": codes[0]}
    return same_for_everyone(render(request, "content/pages/missing.html", context))
