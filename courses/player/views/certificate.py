"""Getting a certificate: the name is typed here, printed, and kept nowhere."""

import hashlib

from django import forms
from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from content.requests import generation_of, offer_languages, private
from courses.catalogue.library import CourseEntry, library
from courses.certificates.badges import signed_badge
from courses.certificates.checks import pdf_is_possible
from courses.certificates.issuer import did_document, signing_keys
from courses.certificates.paper import Crowded, render_pdf
from courses.certificates.services import end_of_month, issue_certificate
from courses.progress.learners import learner_of

from ..presenting import course_url_in, summary
from ..proof import Standing, achieved, paper_context, provider_name, standing_in

LANGUAGES = [("de", "Deutsch"), ("en", "English")]
#: A paper costs half a second of a processor; nobody needs more of one course.
A_DAY = 10
DAY_SECONDS = 24 * 3600


class CertificateForm(forms.Form):
    """What the holder decides: the name, the language, whether to show a result."""

    name = forms.CharField(
        label=gettext_lazy("Name as it should stand on the certificate"),
        max_length=80,
        min_length=2,
        error_messages={
            "required": gettext_lazy("Please enter the name for the certificate."),
            "min_length": gettext_lazy("Please enter the name in full."),
        },
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the certificate"), choices=LANGUAGES
    )
    show_result = forms.BooleanField(
        label=gettext_lazy("Show the result of the final test"), required=False
    )


@require_http_methods(["GET", "HEAD", "POST"])
def certificate(request: HttpRequest, course_slug: str) -> HttpResponse:
    """Offer the certificate of a course, and make it when the form is sent."""
    course = _course(request, course_slug)
    learner = learner_of(request)
    if not learner.has_account:
        progress = learner.course_progress(course.key, course.lesson_keys)
        context = {"course": course, "summary": summary(course, progress)}
        return private(render(request, "courses/certificates/visitor.html", context))
    standing = standing_in(request.user, course)
    if not standing.is_complete:
        context = {"course": course, "open_lessons": standing.open_lessons}
        return private(render(request, "courses/certificates/open.html", context))
    form = CertificateForm(
        request.POST or None, initial={"language": _own_language(), "show_result": True}
    )
    if request.method == "POST" and form.is_valid():
        return private(_issue(request, course, standing, form))
    return private(_offer(request, course, standing, form))


@require_POST
def badge(request: HttpRequest, course_slug: str) -> HttpResponse:
    """Sign an open badge about a course that is done; nothing is kept of it."""
    course = _course(request, course_slug)
    if not learner_of(request).has_account or not signing_keys():
        return private(redirect("certificate", course_slug))
    if not standing_in(request.user, course).is_complete:
        return private(redirect("certificate", course_slug))
    today = timezone.localdate()
    months = course.valid_months
    signed = signed_badge(
        achieved(course),
        issuer_name=provider_name(request),
        issuer_address=settings.SITE_URL,
        month=today,
        valid_until=end_of_month(today, months) if months else None,
    )
    response = JsonResponse(signed, json_dumps_params={"indent": 2})
    response["Content-Disposition"] = f'attachment; filename="{course.slug}-badge.json"'
    return private(response)


@require_safe
def did(request: HttpRequest) -> HttpResponse:
    """Publish the keys that sign badges, for any verifier."""
    if not signing_keys():
        raise Http404
    response = JsonResponse(did_document(), content_type="application/did+json")
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _offer(
    request: HttpRequest,
    course: CourseEntry,
    standing: Standing,
    form: CertificateForm,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "course": course,
        "form": form,
        "passed": standing.passed,
        "has_badge": bool(signing_keys()),
        "problem": problem or ("" if pdf_is_possible() else _no_pdf()),
    }
    template = "courses/certificates/offer.html"
    status = 422 if form.errors else status
    return render(request, template, context, status=status)


def _issue(
    request: HttpRequest, course: CourseEntry, standing: Standing, form: CertificateForm
) -> HttpResponse:
    given = form.cleaned_data
    if not pdf_is_possible():
        return _offer(request, course, standing, form, status=503)
    if _too_many(request, course):
        problem = _(
            "Enough certificates of this course were made today. Please come back "
            "tomorrow."
        )
        return _offer(request, course, standing, form, problem=problem, status=429)
    shows_result = given["show_result"] and standing.passed is not None
    issued = issue_certificate(
        name=given["name"],
        course_key=course.key,
        version=course.as_of.isoformat() if course.as_of else "",
        today=timezone.localdate(),
        valid_months=course.valid_months,
        result=standing.passed.score if shows_result and standing.passed else None,
    )
    language = given["language"]
    with override(language):
        shelf = library(language, generation_of(request))
        context = paper_context(
            request,
            shelf.by_key.get(course.key, course),
            standing,
            issued,
            name=" ".join(given["name"].split()),
            language=language,
        )
        try:
            content = render_pdf(context)
        except Crowded:
            issued.certificate.delete()
            problem = _("Many certificates are being made. Please try again shortly.")
            return _offer(request, course, standing, form, problem=problem, status=503)
    response = HttpResponse(content, content_type="application/pdf")
    filename = f"bescheinigung-{course.slug}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


def _course(request: HttpRequest, slug: str) -> CourseEntry:
    generation = generation_of(request)
    course = library(get_language() or "de", generation).by_slug.get(slug)
    if course is None or not course.lessons:
        raise Http404
    offer_languages(request, lambda code: course_url_in(code, generation, course))
    return course


def _own_language() -> str:
    return "en" if (get_language() or "").startswith("en") else "de"


def _no_pdf() -> str:
    return _(
        "This site cannot make certificates at the moment. The learning progress is "
        "kept; please try again later or write to the operator of the site."
    )


def _too_many(request: HttpRequest, course: CourseEntry) -> bool:
    """Count the papers of an account and day in memory, under a hash."""
    said = f"{request.user.pk} {course.key} {timezone.localdate()}"
    key = f"papers:{hashlib.sha256(said.encode()).hexdigest()}"
    cache.add(key, 0, DAY_SECONDS)
    return cache.incr(key) > A_DAY
