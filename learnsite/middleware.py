"""What every request and response passes: policy, page cache, compression."""

import hashlib
import re
import secrets
from collections.abc import Callable
from gzip import GzipFile
from io import BytesIO

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.defaults import page_not_found

from content.requests import (
    carries_answer,
    generation_of,
    has_device_progress,
    is_for_many,
    is_in_room,
    is_invited,
    is_kiosk,
    stay_kiosk,
    text_size,
)

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
# Never kept whole. Whether the process lives must not hang on the database either.
NO_PAGES = (ADMIN_PREFIX, "/healthz", "/readyz", "/media/")
WORTH_COMPRESSING = 200  # bytes
MOST_PADDING = 100  # bytes
# ASCII and bounded: Python refuses to read numbers of thousands of digits.
NUMBER = re.compile(r"[0-9]{1,15}")


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


class RealNotFound:
    """Show the site's own page for a missing address, in a first look too.

    Django's page for developers lists all addresses, in English; newcomers who mistype
    one took it for a crash. For development settings only.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer for an address that leads to no view at all."""
        try:
            resolve(request.path_info)
        except Resolver404 as missing:
            return page_not_found(request, missing)
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        """Answer for a view that has no such page."""
        if isinstance(exception, Http404):
            return page_not_found(request, exception)
        return None


def shared_device(get_response: Handler) -> Handler:
    """On a device that several people use, let what they leave end with the browser.

    The device itself stays a shared one while it is used, even if the browser is closed
    between two people: its cookie begins anew with each page that no cache keeps. So
    there is no moment at which the device is forgotten to be shared and somebody's
    cookies are still there.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if is_kiosk(request):
            for cookie in response.cookies.values():
                if cookie["max-age"] != 0:  # of one that is being deleted
                    cookie["max-age"] = cookie["expires"] = ""
            if "no-store" in response.get("Cache-Control", ""):
                stay_kiosk(response)
        return response

    return middleware


def readable_length(get_response: Handler) -> Handler:
    """Refuse a request whose Content-Length is no number; Django would fail reading it.

    Web servers do so too, but not all of them, and not in development.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if NUMBER.fullmatch(request.META.get("CONTENT_LENGTH") or "0"):
            return get_response(request)
        return HttpResponseBadRequest("Content-Length?", content_type="text/plain")

    return middleware


def compression(get_response: Handler) -> Handler:
    """Compress quickly what one reader gets, and well what is kept for many.

    Django's own middleware compresses everything well, which for a page of a lesson
    takes longer than all its statements together. Like there, a file name of random
    length hides how well a page compressed, which might tell secrets in it (BREACH).
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.streaming or len(response.content) < WORTH_COMPRESSING:
            return response
        if response.has_header("Content-Encoding"):
            return response
        patch_vary_headers(response, ("Accept-Encoding",))
        if accepts_gzip(request):
            level = 9 if is_for_many(request, response) else 2
            response.content = zipped(response.content, level)
            response.headers["Content-Length"] = str(len(response.content))
            response.headers["Content-Encoding"] = "gzip"
        return response

    return middleware


def accepts_gzip(request: HttpRequest) -> bool:
    """Whether a browser reads compressed pages; all in use do."""
    return "gzip" in request.headers.get("Accept-Encoding", "")


def zipped(page: bytes, level: int) -> bytes:
    """Return a page compressed, under a file name of random length."""
    name = "a" * (1 + secrets.randbelow(MOST_PADDING))
    packed = BytesIO()
    with GzipFile(name, "wb", compresslevel=level, fileobj=packed, mtime=0) as file:
        file.write(page)
    return packed.getvalue()


def page_cache(get_response: Handler) -> Handler:
    """Serve whole pages to visitors of whom nothing is known.

    A page is kept only where its view said so (``content.requests.same_for_everyone``)
    and the request brought neither session nor progress. The key carries the content
    generation, so nothing is ever purged. One statement per request, none for what is
    no page.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if not _is_anonymous_read(request):
            return _kept_from_others(request, get_response(request))
        key = _key(request, generation_of(request))
        if (kept := cache.get(key)) is not None:
            return _restored(kept)
        response = get_response(request)
        if is_for_many(request, response) and response.status_code == 200:
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


def _kept_from_others(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Keep pages made for a session nowhere, not even for the back button.

    Their header shows the account's name. Files look the same for everyone.
    """
    is_page = not response.streaming and response.get("Content-Type", "").startswith(
        "text/html"
    )
    if is_page and settings.SESSION_COOKIE_NAME in request.COOKIES:
        if "no-store" not in response.get("Cache-Control", ""):
            response.headers["Cache-Control"] = "no-store, private"
    return response


def _is_anonymous_read(request: HttpRequest) -> bool:
    return (
        request.method == "GET"
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and not has_device_progress(request)
        and not carries_answer(request)
        and not is_in_room(request)  # their pages lead back to it
        and not is_invited(request)  # theirs too
        and not is_kiosk(request)  # these empty the device by themselves
        and not request.path_info.startswith(NO_PAGES)
    )


def _key(request: HttpRequest, generation: int) -> str:
    size = text_size(request)
    as_gzip = accepts_gzip(request)
    # Courses say when the day of their review has come.
    day = timezone.localdate()
    parts = f"{request.get_host()} {request.get_full_path()} {size} {as_gzip} {day}"
    digest = hashlib.sha256(parts.encode()).hexdigest()
    return f"page:{generation}:{digest}"
