"""What views say about a request and its response."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from .generation import current_generation

TEXT_SIZES = ("100", "150", "200")


def text_size(request: HttpRequest) -> str:
    """Return the chosen text size in per cent; anything unknown is the normal one."""
    size = request.COOKIES.get(settings.TEXT_SIZE_COOKIE_NAME, "")
    return size if size in TEXT_SIZES else TEXT_SIZES[0]


def has_device_progress(request: HttpRequest) -> bool:
    """Whether the device brought what somebody learned on it without an account."""
    names = (
        settings.PROGRESS_COOKIE_NAME,
        settings.TESTS_COOKIE_NAME,
        settings.REVIEW_COOKIE_NAME,
    )
    return any(name in request.COOKIES for name in names)


def is_in_room(request: HttpRequest) -> bool:
    """Whether the device holds a seat in a room; the room may be over by now."""
    return settings.ROOM_COOKIE_NAME in request.COOKIES


def is_invited(request: HttpRequest) -> bool:
    """Whether an invitation to training was opened on the device, maybe an old one."""
    return settings.EMPLOYEE_COOKIE_NAME in request.COOKIES


def is_kiosk(request: HttpRequest) -> bool:
    """Whether several people use the device one after the other for their training."""
    return settings.KIOSK_COOKIE_NAME in request.COOKIES


def stay_kiosk(response: HttpResponse) -> None:
    """Let a device be one that several people use, so many days from now on."""
    response.set_cookie(
        settings.KIOSK_COOKIE_NAME,
        "1",
        max_age=settings.KIOSK_COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def carries_answer(request: HttpRequest) -> bool:
    """Whether a page is opened by an answer, which it is to show."""
    return bool(request.COOKIES.get(settings.ANSWER_COOKIE_NAME))


def generation_of(request: HttpRequest) -> int:
    """Return the content generation, read once per request."""
    known: int | None = getattr(request, "content_generation", None)
    if known is None:
        known = current_generation()
        request.content_generation = known  # type: ignore[attr-defined]
    return known


def offer_languages(request: HttpRequest, target: Callable[[str], str]) -> None:
    """Say where the page of this request lies in the language of a given code."""
    request.language_target = target  # type: ignore[attr-defined]


def same_for_everyone(response: HttpResponse, query: str = "") -> HttpResponse:
    """Say that a page shows nothing about its reader and may be kept whole.

    ``query`` is the one query string it is kept for. Under any other, which people or
    programs may make up without end, it is made and forgotten.
    """
    response.same_for_query = query  # type: ignore[attr-defined]
    response.headers.setdefault("Cache-Control", "max-age=0, must-revalidate")
    return response


def is_for_many(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether others will ask for exactly this page, so that it may be kept."""
    query: str | None = getattr(response, "same_for_query", None)
    return query is not None and query == request.META.get("QUERY_STRING", "")


def private(response: HttpResponse) -> HttpResponse:
    """Say that a page shows something about its reader: keep it nowhere.

    ``no-store`` also keeps it from the next person who presses the back button.
    """
    response.headers["Cache-Control"] = "no-store, private"
    return response
