"""Whether the site lives and whether it can serve people."""

from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from content.generation import current_generation


@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """Answer while the process runs, whatever the database does."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Answer 200 when the database holds imported content, else 503."""
    try:
        has_content = current_generation() > 0
    except Error:
        has_content = False
    if not has_content:
        return HttpResponse("not ready", content_type="text/plain", status=503)
    return HttpResponse("ready", content_type="text/plain")
