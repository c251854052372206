"""What a certificate says about somebody's learning, put together when they ask."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from content.frameworks import frameworks
from content.identity import site_identity
from content.requests import generation_of
from courses.catalogue.library import CourseEntry, LessonEntry
from courses.certificates import sealing
from courses.certificates.badges import Achieved, Competence
from courses.certificates.paper import qr_code
from courses.certificates.services import Issued
from courses.progress import queries
from courses.progress.models import LessonState
from courses.progress.state import Pass

from .terms import competence_lists


@dataclass(frozen=True)
class Standing:
    """How far somebody with an account has come in a course."""

    open_lessons: list[LessonEntry]
    days: tuple[date, date] | None
    passed: Pass | None

    @property
    def is_complete(self) -> bool:
        """Whether every lesson is done."""
        return not self.open_lessons and self.days is not None


def standing_in(user: Any, course: CourseEntry) -> Standing:
    """Return how far an account has come: three statements."""
    progress = queries.course_progress(user, course.key, course.lesson_keys, None)
    done = progress.lessons
    return Standing(
        [k for k in course.lessons if done.get(k.key) != LessonState.DONE],
        queries.learning_days(user, course.lesson_keys),
        queries.passed_test(user, course.key),
    )


def verification_address(issued: Issued) -> str:
    """Return where a paper is verified; the code stands behind ``#`` only.

    Browsers never send that part, so it reaches no server and no log.
    """
    path = reverse("certificate_verify", args=[issued.certificate.id])
    return f"{settings.SITE_URL.rstrip('/')}{path}#{issued.code}"


def paper_context(
    request: HttpRequest,
    course: CourseEntry,
    standing: Standing,
    issued: Issued,
    *,
    name: str,
    language: str,
) -> dict[str, Any]:
    """Return what the paper says, in the active language."""
    identity = site_identity(generation_of(request))
    address = verification_address(issued)
    return {
        "language": language,
        "site_name": identity.site_name,
        "provider": provider_name(request),
        "provider_address": identity.operator_address,
        "name": name,
        "course": course,
        "competences": competence_lists(course.competences),
        "period": period(*standing.days) if standing.days else "",
        "result": sealing.result_of(issued.code),
        "passed": standing.passed,
        "certificate": issued.certificate,
        "month": month_and_year(issued.certificate.month),
        "valid_until": issued.certificate.valid_until,
        "code": sealing.written(issued.code),
        "verify_address": address.partition("#")[0],
        "qr": qr_code(address),
    }


def achieved(course: CourseEntry) -> Achieved:
    """Return what a badge says about a course."""
    named = [
        Competence(framework.title, each.code, each.title)
        for framework in frameworks()
        for code in course.competences.get(framework.name, ())
        if (each := framework.competences.get(code))
    ]
    return Achieved(
        course_key=course.key,
        title=course.title,
        summary=course.summary,
        address=f"{settings.SITE_URL.rstrip('/')}{course.path}",
        goals=[goal["text"] for goal in course.goals],
        competences=named,
        criteria=_("All lessons of the course were worked through."),
    )


def provider_name(request: HttpRequest) -> str:
    """Return who stands behind certificates and badges."""
    identity = site_identity(generation_of(request))
    return identity.operator_name or identity.site_name


def period(first: date, last: date) -> str:
    """Return the months of learning in words."""
    began, ended = month_and_year(first), month_and_year(last)
    if began == ended:
        return began
    return _("%(first)s to %(last)s") % {"first": began, "last": ended}


def month_and_year(day: date) -> str:
    """Return the month of a day in words."""
    return date_format(day, "F Y")
