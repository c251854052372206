"""Addresses that lead somewhere else."""

from collections.abc import Callable
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

Handler = Callable[[HttpRequest], HttpResponse]

#: How many parts of an address may follow that of a page: ``antwort/<exercise>/``.
MOST_BELOW = 3


@require_safe
def without_german_prefix(request: HttpRequest, rest: str = "") -> HttpResponse:
    """German has no prefix. Two slashes in front would lead to another host."""
    query = request.META.get("QUERY_STRING", "")
    path = "/" + rest.lstrip("/\\")
    return HttpResponseRedirect(f"{path}?{query}" if query else path)


def moved_pages(get_response: Handler) -> Handler:
    """Lead from an address that a page had to the one it has.

    Wagtail notes the old address of a page that is renamed or moved. Its own
    middleware knows nothing of what courses have below a page, and would turn a form
    into a visit: whoever is answering while an editor renames the lesson would lose
    the answer. So what follows the page's address is led along, and a form stays one.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != 404 or "\x00" in request.path_info:
            return response
        target = _new_address(request)
        if not target:
            return response
        moved = HttpResponseRedirect(target)
        moved.status_code = 301 if request.method in ("GET", "HEAD") else 308
        # Renamed back, a browser that had kept this would go round in circles.
        moved.headers["Cache-Control"] = "no-cache"
        return moved

    return middleware


def _new_address(request: HttpRequest) -> str:
    parts = request.path_info.strip("/").split("/")
    shortest = max(1, len(parts) - MOST_BELOW)
    below = {
        "/" + "/".join(parts[:length]): "/".join(parts[length:])
        for length in range(shortest, len(parts) + 1)
    }
    notes = Redirect.objects.filter(old_path__in=below).select_related("redirect_page")
    # Mostly there are none; then nobody has to ask which site this is.
    here = [note for note in notes if _is_of_site(note, request)]
    for note in sorted(here, key=lambda note: -len(note.old_path)):
        rest = below[note.old_path]
        page = note.redirect_page
        if page is None and not rest:
            return str(note.redirect_link)
        if page is not None and page.live and page.url:
            tail = f"{quote(rest)}/" if rest else ""
            query = request.META.get("QUERY_STRING", "")
            return f"{page.url}{tail}{'?' if query else ''}{query}"
    return ""


def _is_of_site(note: Redirect, request: HttpRequest) -> bool:
    site = Site.find_for_request(request)
    return note.site_id is None or (site is not None and note.site_id == site.pk)
