"""Whether a browser brings cookies back, which only a second request tells.

A form that came without any is asked for again by a redirect that lets the browser
send it once more by itself (307), with the cookies of the first reply. No script is
needed and nobody sees a page in between. Who comes without cookies then, refuses them.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from content.requests import private

#: In the query of the second request.
AGAIN = "cookie"


def came_again(request: HttpRequest) -> bool:
    """Whether a form was sent again, now with the cookies of its reply, if any."""
    return AGAIN in request.GET


def is_unsure(request: HttpRequest) -> bool:
    """Whether a form brought no cookie, and it is to be seen if any would come."""
    return not request.COOKIES and not came_again(request)


def refuses_cookies(request: HttpRequest) -> bool:
    """Whether a form brought no cookie although the reply to it had set one."""
    return not request.COOKIES and came_again(request)


def send_again(request: HttpRequest, anchor: str = "") -> HttpResponse:
    """Let the browser send the same form once more; set the cookie on the response.

    ``anchor`` is where it then shows a page that replies in place.
    """
    target = f"{request.path}?{AGAIN}" + (f"#{anchor}" if anchor else "")
    return private(HttpResponseRedirect(target, preserve_request=True))
