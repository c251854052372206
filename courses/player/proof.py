"""What a certificate says about somebody's learning, put together when they ask."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from content.frameworks import frameworks
from content.identity import site_identity
from content.requests import generation_of
from courses.catalogue.library import CourseEntry, LessonEntry, library
from courses.certificates import sealing
from courses.certificates.badges import Achieved, Competence
from courses.certificates.paper import qr_code
from courses.certificates.services import Issued, end_of_month
from courses.progress import queries
from courses.progress.models import LessonState
from courses.progress.state import Pass
from courses.training.models import Evidence

from .terms import competence_lists

PAPER_LANGUAGES: Final = [("de", "Deutsch"), ("en", "English")]


@dataclass(frozen=True)
class Completion:
    """How far somebody with an account has come in a course, in one language.

    ``days`` holds the first and the last day kept of each lesson; ``all_lessons`` is
    how many the course has in the language that has most. ``course`` leaves out what
    came after the final test was passed and is not done.
    """

    course: CourseEntry
    all_lessons: int
    open_lessons: list[LessonEntry]
    days: Mapping[UUID, tuple[date, date]]
    passed: Pass | None
    #: Whose papers are counted together; stands on none.
    holder: str = ""
    has_badge: bool = True

    @property
    def is_complete(self) -> bool:
        """Whether every lesson is done."""
        return not self.open_lessons and bool(self.days)

    @property
    def extent(self) -> tuple[int, int]:
        """The lessons worked through, and all there are."""
        return len(self.course.lessons), self.all_lessons

    @property
    def is_part(self) -> bool:
        """Whether the course has more lessons in another language."""
        return len(self.course.lessons) < self.all_lessons

    @property
    def period(self) -> tuple[date, date]:
        """The first and the last day of learning."""
        return min(d[0] for d in self.days.values()), max(
            d[1] for d in self.days.values()
        )

    @property
    def learned(self) -> date:
        """The day from which validity counts: of the test, or the oldest lesson."""
        if self.passed:
            return self.passed.day
        return min(last for _first, last in self.days.values())

    @property
    def valid_until(self) -> date | None:
        """The last day of validity of what was learned, None for no end."""
        months = self.course.valid_months
        return end_of_month(self.learned, months) if months else None

    def has_run_out(self, today: date) -> bool:
        """Whether the course must be renewed before it is certified again."""
        return self.valid_until is not None and self.valid_until < today

    @property
    def version(self) -> date | None:
        """The as-of date of what was learned, None where an older one was learned."""
        if self.passed and self.passed.version:
            return self.passed.version
        as_of = self.course.as_of
        return as_of if as_of and as_of <= self.learned else None

    @property
    def goals(self) -> list[Mapping[str, str]]:
        """The goals that were worked on; of a part those that its lessons name."""
        if not self.is_part:
            return list(self.course.goals)
        named = {goal for lesson in self.course.lessons for goal in lesson.goals}
        return [goal for goal in self.course.goals if goal["id"] in named]


def completion_of(user: Any, course: CourseEntry, generation: int) -> Completion:
    """Return how far an account has come: three statements."""
    progress = queries.course_progress(user, course.key, course.lesson_keys, None)
    done = progress.lessons
    passed = queries.passed_test(user, course.key)
    published = _lessons_anywhere(course.key, generation)
    is_open = {k for k in course.lesson_keys if done.get(k) != LessonState.DONE}
    is_later = {k for k in is_open if passed and published[k] > passed.day}
    kept = tuple(k for k in course.lessons if k.key not in is_later)
    return Completion(
        replace(course, lessons=kept),
        len(published),
        [k for k in kept if k.key in is_open],
        queries.learning_days(user, course.lesson_keys),
        passed,
        holder=str(user.pk),
    )


@dataclass(frozen=True)
class Proven(Completion):
    """What an employee's evidence says, as a paper names it: no day, no result."""

    month: date = date.min
    until: date | None = None
    as_of: date | None = None

    @property
    def is_complete(self) -> bool:
        """Whoever has evidence has done what was asked."""
        return True

    @property
    def extent(self) -> tuple[int, int]:
        """None: evidence knows of the test or the session, of no lesson."""
        return 0, 0

    @property
    def period(self) -> tuple[date, date]:
        """The month, twice."""
        return self.month, self.month

    @property
    def learned(self) -> date:
        """The first day of the month."""
        return self.month

    @property
    def valid_until(self) -> date | None:
        """The last valid day of the evidence."""
        return self.until

    @property
    def version(self) -> date | None:
        """The as-of date of the course at that time."""
        return self.as_of


def proven(evidence: Evidence, course: CourseEntry) -> Proven:
    """Return what a paper about somebody's evidence says."""
    version = evidence.version
    return Proven(
        course,
        len(course.lessons),
        [],
        {},
        None,
        holder=str(evidence.employee_id),
        has_badge=False,
        month=evidence.month,
        until=evidence.valid_until,
        as_of=date.fromisoformat(version) if version else None,
    )


def _lessons_anywhere(key: UUID, generation: int) -> dict[UUID, date]:
    """Return a course's lessons in all its languages, and since when each is there."""
    days: dict[UUID, date] = {}
    for code, _name in settings.LANGUAGES:
        course = library(code, generation).by_key.get(key)
        for lesson in course.lessons if course else ():
            day = lesson.published or date.min
            days[lesson.key] = min(day, days.get(lesson.key, day))
    return days


def on_paper(course: CourseEntry, language: str, generation: int) -> CourseEntry:
    """Return a course as a paper in some language names it.

    That is the course in this language where it has the same lessons, else the course
    as it was learned: no paper may tell of lessons that were not done.
    """
    sibling = library(language, generation).by_key.get(course.key)
    if sibling and set(sibling.lesson_keys) == set(course.lesson_keys):
        return sibling
    return course


def verification_address(issued: Issued) -> str:
    """Return where a paper is verified; the code stands behind ``#`` only.

    Browsers never send that part, so it reaches no server and no log.
    """
    path = reverse("certificate_verify", args=[issued.certificate.id])
    return f"{settings.SITE_URL.rstrip('/')}{path}#{issued.code}"


def paper_context(
    request: HttpRequest,
    course: CourseEntry,
    completion: Completion,
    issued: Issued,
    *,
    name: str,
    language: str,
) -> dict[str, Any]:
    """Return what the paper says, in the active language.

    ``course`` is what was completed, as that language names it.
    """
    identity = site_identity(generation_of(request))
    address = verification_address(issued)
    return {
        "language": language,
        "site_name": identity.site_name,
        "provider": provider_name(request),
        "provider_address": identity.operator_address,
        "name": name,
        "course": course,
        "goals": replace(completion, course=course).goals,
        "is_part": completion.is_part,
        "is_evidence": isinstance(completion, Proven),
        "competences": competence_lists(course.competences),
        "period": period(*completion.period),
        "result": sealing.result_of(issued.code),
        "version": completion.version,
        "certificate": issued.certificate,
        "month": month_and_year(issued.certificate.month),
        "valid_until": issued.certificate.valid_until,
        "code": sealing.written(issued.code),
        "verify_address": address.partition("#")[0],
        "qr": qr_code(address),
    }


def achieved(completion: Completion) -> Achieved:
    """Return what a badge says about a course, or about the part that was done."""
    course = completion.course
    named = [
        Competence(framework.title, each.code, each.title, framework.source)
        for framework in frameworks()
        for code in course.competences.get(framework.name, ())
        if (each := framework.competences.get(code))
    ]
    part = extent_in_words(len(course.lessons), completion.all_lessons)
    return Achieved(
        course_key=course.key,
        title=f"{course.title} ({part})" if completion.is_part else course.title,
        summary=course.summary,
        address=f"{settings.SITE_URL.rstrip('/')}{course.path}",
        goals=[goal["text"] for goal in completion.goals],
        competences=named,
        criteria=_criteria(completion),
        part=part if completion.is_part else "",
    )


def _criteria(completion: Completion) -> str:
    if not completion.is_part:
        return _("All lessons of the course were worked through.")
    titles = "; ".join(lesson.title for lesson in completion.course.lessons)
    return _("These lessons were worked through: %(titles)s.") % {"titles": titles}


def extent_in_words(lessons: int, all_lessons: int) -> str:
    """Return "2 of 6 lessons" in the active language."""
    said = {"lessons": lessons, "all": all_lessons}
    return _("%(lessons)s of %(all)s lessons") % said


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
