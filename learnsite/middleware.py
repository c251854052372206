"""What every response passes: the security policy, and the page cache for visitors."""

import hashlib
from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from content.requests import generation_of

Handler = Callable[[HttpRequest], HttpResponse]

PUBLIC_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; media-src 'self'; connect-src 'self'; manifest-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
# Wagtail's admin needs inline scripts and styles; nobody but editors gets there.
ADMIN_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self' data:; media-src 'self' blob:; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'self'"
)
PERMISSIONS_POLICY = (
    "camera=(), geolocation=(), microphone=(), payment=(), usb=(), "
    "browsing-topics=(), interest-cohort=()"
)
ADMIN_PREFIX = "/cms/"


def content_security_policy(get_response: Handler) -> Handler:
    """Send one of two policies, by path."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        is_admin = request.path_info.startswith(ADMIN_PREFIX)
        response.headers.setdefault(
            "Content-Security-Policy", ADMIN_POLICY if is_admin else PUBLIC_POLICY
        )
        response.headers["Permissions-Policy"] = PERMISSIONS_POLICY
        return response

    return middleware


def page_cache(get_response: Handler) -> Handler:
    """Serve whole pages to visitors of whom nothing is known.

    A page is kept only where its view said so (``content.requests.same_for_everyone``)
    and the request brought neither session nor progress cookie. The key carries the
    content generation, so nothing is ever purged. One statement per request.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        generation = generation_of(request)
        if not _is_anonymous_read(request):
            return get_response(request)
        key = _key(request, generation)
        if (kept := cache.get(key)) is not None:
            return _restored(kept)
        response = get_response(request)
        if (
            getattr(response, "same_for_everyone", False)
            and response.status_code == 200
        ):
            # Nothing but the encoding differs: the language stands in the path.
            response.headers["Vary"] = "Accept-Encoding"
            if not response.cookies:
                body = bytes(response.content)
                cache.set(
                    key, (body, dict(response.headers)), settings.PAGE_CACHE_SECONDS
                )
        return response

    def _restored(kept: tuple[bytes, dict[str, str]]) -> HttpResponse:
        body, headers = kept
        return HttpResponse(body, headers=headers)

    return middleware


def _is_anonymous_read(request: HttpRequest) -> bool:
    return (
        request.method == "GET"
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and settings.PROGRESS_COOKIE_NAME not in request.COOKIES
        and not request.path_info.startswith(ADMIN_PREFIX)
    )


def _key(request: HttpRequest, generation: int) -> str:
    size = request.COOKIES.get(settings.TEXT_SIZE_COOKIE_NAME, "")[:3]
    zipped = "gzip" in request.headers.get("Accept-Encoding", "")
    parts = f"{request.get_host()} {request.get_full_path()} {size} {zipped}"
    digest = hashlib.sha256(parts.encode()).hexdigest()
    return f"page:{generation}:{digest}"
