"""Whether the site lives and whether it can serve people."""

from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from content.generation import current_generation
from learnsite.accounts.upkeep import UpkeepState, upkeep_state


@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """Answer while the process runs, whatever the database does."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Answer 200 when the database holds content and housekeeping runs, else 503.

    For watching, not for balancing load: a night that was missed harms no page.
    """
    try:
        has_content, state = current_generation() > 0, upkeep_state()
    except Error:
        return _says("not ready: the database does not answer", status=503)
    if not has_content:
        return _says("not ready: no content has been imported", status=503)
    if state.is_late:
        return _says(f"not ready: {_about(state)}, more than 36 hours ago", status=503)
    return _says(f"ready: {_about(state)}", status=200)


def _about(state: UpkeepState) -> str:
    when = state.succeeded
    ended = when.isoformat(timespec="minutes") if when else "never since the set-up"
    return f"housekeeping last succeeded {ended}"


def _says(words: str, *, status: int) -> HttpResponse:
    response = HttpResponse(f"{words}\n", content_type="text/plain", status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
