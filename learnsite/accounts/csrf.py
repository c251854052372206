"""Protection against forged requests for pages that must not set a cookie.

Learner pages are cached whole and carry no token. Browsers say themselves where a
request comes from; what they say decides, and where they say nothing Django's token
does.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


class SameOriginCsrfMiddleware(CsrfViewMiddleware):
    """Accepts a POST that the browser vouches for, else checks the token.

    ``Sec-Fetch-Site`` is sent by all current browsers over https and to localhost, and
    scripts cannot set it. Over plain http, and by older browsers, ``Origin`` is sent
    with a POST; it must be this very site.
    """

    def process_view(
        self,
        request: HttpRequest,
        callback: Callable[..., HttpResponseBase],
        callback_args: tuple[Any, ...],
        callback_kwargs: dict[str, Any],
    ) -> Any:
        """Accept what comes from our own pages, else do what Django does."""
        if request.method not in SAFE_METHODS and self._is_own(request):
            return self._accept(request)  # type: ignore[attr-defined]
        return super().process_view(request, callback, callback_args, callback_kwargs)

    def _is_own(self, request: HttpRequest) -> bool:
        site = request.headers.get("Sec-Fetch-Site")
        if site is not None:
            return site == "same-origin"
        own_origin = f"{request.scheme}://{request.get_host()}"
        return request.headers.get("Origin") == own_origin
