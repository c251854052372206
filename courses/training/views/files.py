"""What is made of a list or a document, as a file to be kept."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from courses.certificates.paper import Crowded, Unprintable, render_pdf

from .. import odt
from ..document import Document

PDF = "application/pdf"


def as_file(content: bytes, kind: str, name: str) -> HttpResponse:
    """Return a file to be kept under a name."""
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def as_pdf(
    context: dict[str, Any], *, template: str, name: str, otherwise: str
) -> HttpResponse:
    """Return a report as PDF; ``otherwise`` says what holds the signs it cannot."""
    try:
        content = render_pdf(context, template=template, style="css/report.css")
    except Crowded:
        return HttpResponse(
            _("Many papers are being made right now. Please try again in a minute."),
            status=503,
        )
    except Unprintable:
        return HttpResponse(otherwise, status=422)
    return as_file(content, PDF, name)


def of_document(document: Document, kind: str, name: str) -> HttpResponse:
    """Return a document as ``pdf`` or ``odt``."""
    if kind == "odt":
        return as_file(odt.to_odt(document), odt.MIMETYPE, f"{name}.odt")
    return as_pdf(
        {"document": document},
        template="courses/training/document.pdf.html",
        name=f"{name}.pdf",
        otherwise=_(
            "There is a sign in it that cannot be printed here. The file for word "
            "processors (ODT) has it."
        ),
    )
