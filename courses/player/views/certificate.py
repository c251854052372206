"""Getting a certificate: the name is typed here, printed, and kept nowhere."""

import hashlib
from datetime import UTC, datetime

from django import forms
from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from content.requests import generation_of, offer_languages, private
from courses.catalogue.library import CourseEntry, shelf_of
from courses.certificates.badges import signed_badge
from courses.certificates.checks import pdf_is_possible
from courses.certificates.issuer import did_document, signing_keys
from courses.certificates.paper import Crowded, Unprintable, render_pdf
from courses.certificates.services import issue, prepared_certificate
from courses.progress.learners import learner_of

from ..presenting import course_url_in, summary
from ..proof import (
    PAPER_LANGUAGES,
    Completion,
    Proven,
    achieved,
    completion_of,
    extent_in_words,
    month_and_year,
    on_paper,
    paper_context,
    provider_name,
)
from ..visits import is_for_another

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
        label=gettext_lazy("Language of the certificate"), choices=PAPER_LANGUAGES
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
    generation = generation_of(request)
    completion = completion_of(request.user, course, generation)
    if not completion.is_complete:
        context = {"course": course, "open_lessons": completion.open_lessons}
        return private(render(request, "courses/certificates/open.html", context))
    if completion.has_run_out(timezone.localdate()):
        return private(_renew(request, completion))
    form = CertificateForm(request.POST or None, initial={"language": own_language()})
    if request.method == "POST" and is_for_another(request, learner):
        problem = _(
            "Meanwhile somebody else signed in on this device. Nothing was made; this "
            "page now belongs to who is signed in."
        )
        return private(offer(request, completion, form, problem=problem, status=409))
    if request.method == "POST" and form.is_valid():
        return private(make_paper(request, completion, form))
    return private(offer(request, completion, form))


@require_POST
def badge(request: HttpRequest, course_slug: str) -> HttpResponse:
    """Sign an open badge about a course that is done; nothing is kept of it."""
    course = _course(request, course_slug)
    if not learner_of(request).has_account or not signing_keys():
        return private(redirect("certificate", course_slug))
    completion = completion_of(request.user, course, generation_of(request))
    today = timezone.localdate()
    if not completion.is_complete or completion.has_run_out(today):
        return private(redirect("certificate", course_slug))
    signed = signed_badge(
        achieved(completion),
        issuer_name=provider_name(request),
        issuer_address=settings.SITE_URL,
        today=datetime.now(UTC).date(),
        valid_until=completion.valid_until,
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


def _renew(request: HttpRequest, completion: Completion) -> HttpResponse:
    """Say that what was learned has run out, and what renews it."""
    context = {
        "course": completion.course,
        "months": completion.course.valid_months,
        "learned": month_and_year(completion.learned),
    }
    return render(request, "courses/certificates/renew.html", context)


def offer(
    request: HttpRequest,
    completion: Completion,
    form: CertificateForm,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    """Show the form for a certificate."""
    context = {
        "course": completion.course,
        "form": form,
        "reader": learner_of(request).mark,
        "part": extent_in_words(len(completion.course.lessons), completion.all_lessons)
        if completion.is_part
        else "",
        "passed": completion.passed,
        "has_badge": completion.has_badge and bool(signing_keys()),
        "is_evidence": isinstance(completion, Proven),
        "keys_address": f"{settings.SITE_URL.rstrip('/')}{reverse('did')}",
        "find_url": reverse("certificate_find"),
        "problem": problem or ("" if pdf_is_possible() else _no_pdf()),
    }
    template = "courses/certificates/offer.html"
    status = 422 if form.errors else status
    return render(request, template, context, status=status)


def make_paper(
    request: HttpRequest,
    completion: Completion,
    form: CertificateForm,
) -> HttpResponse:
    """Print a paper and write its row."""
    given = form.cleaned_data
    language = given["language"]
    course = on_paper(completion.course, language, generation_of(request))
    if not pdf_is_possible():
        return offer(request, completion, form, status=503)
    if _too_many(completion, course):
        problem = _(
            "Enough certificates of this course were made today. Please come back "
            "tomorrow."
        )
        return offer(request, completion, form, problem=problem, status=429)
    passed = completion.passed if given["show_result"] else None
    lessons, all_lessons = completion.extent
    issued = prepared_certificate(
        name=given["name"],
        course_key=course.key,
        version=completion.version.isoformat() if completion.version else "",
        lessons=lessons,
        all_lessons=all_lessons,
        today=timezone.localdate(),
        valid_until=completion.valid_until,
        result=passed.score if passed else None,
    )
    try:
        with override(language):
            context = paper_context(
                request,
                course,
                completion,
                issued,
                name=" ".join(given["name"].split()),
                language=language,
            )
            content = render_pdf(context)
    except Crowded:
        problem = _("Many certificates are being made. Please try again shortly.")
        return offer(request, completion, form, problem=problem, status=503)
    except Unprintable:
        form.add_error("name", _unprintable())
        return offer(request, completion, form)
    issue(issued)
    response = HttpResponse(content, content_type="application/pdf")
    filename = f"bescheinigung-{course.slug}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


def _course(request: HttpRequest, slug: str) -> CourseEntry:
    generation = generation_of(request)
    course = shelf_of(request).by_slug.get(slug)
    if course is None or not course.lessons:
        raise Http404
    offer_languages(request, lambda code: course_url_in(code, generation, course))
    return course


def own_language() -> str:
    """Return the language of papers that is nearest to the page's."""
    return "en" if (get_language() or "").startswith("en") else "de"


def _no_pdf() -> str:
    return _(
        "This site cannot make certificates at the moment. The learning progress is "
        "kept; please try again later or write to the operator of the site."
    )


def _unprintable() -> str:
    return _(
        "This site has no typeface for some of these characters. Please write the name "
        "in Latin, Greek or Cyrillic letters, as it stands in a passport."
    )


def _too_many(completion: Completion, course: CourseEntry) -> bool:
    """Count the papers of somebody and a day in memory, under a hash."""
    said = f"{completion.holder} {course.key} {timezone.localdate()}"
    key = f"papers:{hashlib.sha256(said.encode()).hexdigest()}"
    cache.add(key, 0, DAY_SECONDS)
    return cache.incr(key) > A_DAY
