"""What views say about a request and its response."""

from django.http import HttpRequest, HttpResponse

from .generation import current_generation


def generation_of(request: HttpRequest) -> int:
    """Return the content generation, read once per request."""
    if not hasattr(request, "content_generation"):
        request.content_generation = current_generation()
    return request.content_generation


def same_for_everyone(response: HttpResponse) -> HttpResponse:
    """Say that a page shows nothing about its reader and may be kept whole."""
    response.same_for_everyone = True
    response.headers.setdefault("Cache-Control", "max-age=0, must-revalidate")
    return response


def private(response: HttpResponse) -> HttpResponse:
    """Say that a page shows something about its reader: keep it nowhere.

    ``no-store`` also keeps it from the next person who presses the back button.
    """
    response.headers["Cache-Control"] = "no-store, private"
    return response
