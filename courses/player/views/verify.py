"""Verifying a certificate, without sign-in. Shows what the paper's holder chose."""

import re
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from content.requests import generation_of, private
from courses.catalogue.library import CourseEntry, library
from courses.certificates import sealing
from courses.certificates.models import Certificate
from courses.certificates.services import confirms

from ..proof import extent_in_words, month_and_year

#: The end of the address that stands on the paper.
IN_ADDRESS = re.compile(r"bescheinigung/([0-9a-f-]{36})", re.IGNORECASE)


class NumberField(forms.UUIDField):
    """A number, typed alone or with the address it stands in on the paper."""

    def to_python(self, value: Any) -> Any:
        """Return the number; raises ValidationError where there is none."""
        found = IN_ADDRESS.search(str(value or ""))
        return super().to_python(found[1] if found else value)


class NumberForm(forms.Form):
    """The number that stands on a certificate."""

    number = NumberField(
        label=gettext_lazy("Number of the certificate"),
        error_messages={
            "required": gettext_lazy("Please enter the number of the certificate."),
            "invalid": gettext_lazy(
                "This is not a number of a certificate. It has 32 digits and letters "
                "in five groups; it stands behind “bescheinigung/” in the address."
            ),
        },
    )


class PaperForm(forms.Form):
    """What stands on the paper."""

    code = forms.CharField(
        label=gettext_lazy("Check code on the paper"),
        max_length=80,
        error_messages={
            "required": gettext_lazy("Please enter the check code of the paper.")
        },
    )
    name = forms.CharField(
        label=gettext_lazy("Name on the paper"),
        max_length=80,
        error_messages={
            "required": gettext_lazy("Please enter the name that stands on the paper.")
        },
    )

    def clean_code(self) -> str:
        """Return the code as it was issued, or say that it cannot be one."""
        code = sealing.read_code(self.cleaned_data["code"])
        if code is None:
            raise forms.ValidationError(
                _(
                    "This check code is not complete. It has five groups of four "
                    "characters, and one more group where a result is shown."
                )
            )
        return code


@require_http_methods(["GET", "HEAD"])
def find(request: HttpRequest) -> HttpResponse:
    """Ask for the number of a certificate."""
    form = NumberForm(request.GET if "number" in request.GET else None)
    if form.is_valid():
        return private(redirect("certificate_verify", form.cleaned_data["number"]))
    context = {"form": form}
    status = 422 if form.errors else 200
    template = "courses/certificates/find.html"
    return private(_unlisted(render(request, template, context, status=status)))


@sensitive_post_parameters("code", "name")
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest, number: UUID) -> HttpResponse:
    """Say what is known of a certificate, and check a name against its paper."""
    certificate = Certificate.objects.filter(pk=number).first()
    if certificate is None:
        context = {"form": NumberForm(initial={"number": number}), "unknown": number}
        template = "courses/certificates/find.html"
        return private(_unlisted(render(request, template, context, status=404)))
    form = PaperForm(request.POST or None)
    checked, result = None, None
    if request.method == "POST" and form.is_valid():
        code, name = form.cleaned_data["code"], form.cleaned_data["name"]
        checked = confirms(certificate, code, name)
        result = sealing.result_of(code) if checked else None
    until = certificate.valid_until
    context = {
        "certificate": certificate,
        "version": _day(certificate.version),
        "course": _course(request, certificate.course_key),
        "extent": extent_in_words(certificate.lessons, certificate.all_lessons),
        "month": month_and_year(certificate.month),
        "is_expired": until is not None and until < timezone.localdate(),
        "form": form,
        "checked": checked,
        "result": result,
    }
    status = 422 if form.errors else 200
    template = "courses/certificates/verify.html"
    return private(_unlisted(render(request, template, context, status=status)))


def _day(written: str) -> date | None:
    """Return the date that a version is named by."""
    return date.fromisoformat(written) if written else None


def _course(request: HttpRequest, key: UUID) -> CourseEntry | None:
    """Return a course in the reader's language, or in any in which it exists."""
    generation = generation_of(request)
    codes = [get_language() or "de", *(code for code, _name in settings.LANGUAGES)]
    shelves = (library(code, generation).by_key for code in codes)
    return next((shelf[key] for shelf in shelves if key in shelf), None)


def _unlisted(response: HttpResponse) -> HttpResponse:
    """Keep a page out of search engines."""
    response.headers["X-Robots-Tag"] = "noindex"
    return response
