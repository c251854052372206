"""The feedback form: shown, checked, received."""

from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from .forms import FeedbackForm
from .services import record_feedback

MAX_BODY = 60_000  # bytes; 4,000 signs come to 12 bytes each at most
# A class behind one address may report; a program may not fill the table. Counted by
# what allauth's adapter gives instead of an address: here a hash.
LIMIT = {"feedback": "60/m/ip,200/h/ip"}


@require_http_methods(["GET", "HEAD", "POST"])
def accessibility_feedback(request: HttpRequest) -> HttpResponse:
    """Show the form; store a report. Context: ``form``, ``too_long``, ``too_many``."""
    if request.method != "POST":
        form = FeedbackForm(initial={"page": request.GET.get("seite", "")[:500]})
        return render(request, "content/feedback/form.html", {"form": form})
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BODY:
        context = {"form": FeedbackForm(), "too_long": True}
        return render(request, "content/feedback/form.html", context, status=413)
    form = FeedbackForm(request.POST)
    if not form.is_valid():
        context = {"form": form}
        return render(request, "content/feedback/form.html", context, status=422)
    if not form.is_trap:
        if not ratelimit.consume(
            request, app="content", action="feedback", config=LIMIT
        ):
            context = {"form": form, "too_many": True}
            return render(request, "content/feedback/form.html", context, status=429)
        record_feedback(
            message=form.cleaned_data["message"],
            email=form.cleaned_data["email"],
            page=form.cleaned_data["page"],
        )
    return HttpResponseRedirect(reverse("accessibility_feedback_received"))


@require_safe
def feedback_received(request: HttpRequest) -> HttpResponse:
    """Say that the report arrived and by when it is answered."""
    return render(request, "content/feedback/received.html")
