"""An invitation to training: the code behind “#”, typed or read by a script."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from content.requests import is_kiosk, private
from courses.training.auditing import sample_report
from courses.training.invitations import employee_of_invitation, read_secret
from learnsite.accounts.limits import record_wrong_key

from ..employee import employee_of, take_in
from .learning import clear_device


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Ask for the code; on POST remember on the device whose invitation it opens."""
    if request.method != "POST":
        return private(render(request, "courses/evidence/enter.html"))
    typed = request.POST.get("code", "")[:200]
    employee = employee_of_invitation(typed)
    if employee is None:
        context = {
            "typed": typed,
            "is_unknown": True,
            "is_readable": bool(read_secret(typed)),
            "wait_seconds": record_wrong_key(request),
        }
        page = render(request, "courses/evidence/enter.html", context, status=404)
        return private(page)
    response = redirect("evidence")
    response.status_code = 303
    take_in(response, employee)
    return private(response)


@require_http_methods(["GET", "HEAD", "POST"])
def kiosk(request: HttpRequest) -> HttpResponse:
    """Make the device one that several people use, then ask each for their code.

    Nothing is noted of who was there: the device is emptied before the first of them,
    who may have set it up, and after each. Where the browser was closed instead, only
    its storage is left to be emptied.
    """
    if request.method == "POST":
        request.COOKIES[settings.KIOSK_COOKIE_NAME] = "1"
        return clear_device(request)
    if employee_of(request):
        return private(redirect("evidence"))
    if not is_kiosk(request):
        return private(render(request, "courses/evidence/kiosk.html"))
    response = render(request, "courses/evidence/enter.html")
    response.headers["Clear-Site-Data"] = '"storage"'
    return private(response)


@require_POST
def end_kiosk(request: HttpRequest) -> HttpResponse:
    """Make the device one like any other again, and empty it."""
    request.COOKIES.pop(settings.KIOSK_COOKIE_NAME, None)
    response = clear_device(request)
    response.delete_cookie(settings.KIOSK_COOKIE_NAME, samesite="Lax")
    return private(response)


@require_safe
def sample(request: HttpRequest) -> HttpResponse:
    """Show what an employer sees, of invented people: the same rows, the same table."""
    sample = sample_report()
    context = {"heading": sample.heading(), "rows": sample.labelled()}
    return private(render(request, "courses/evidence/sample.html", context))
