"""An employee whose invitation was opened on a device, their test and entry check.

The cookie names the employee and nothing that was learned; it is tied to the invitation
it was opened with, so that a new invitation ends it. No page of a lesson reads it.
"""

from dataclasses import replace
from datetime import timedelta
from functools import wraps
from typing import TYPE_CHECKING, Any, ClassVar, Final
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from content.requests import private
from courses.catalogue.library import CourseEntry
from courses.progress import run_cookie, runs, spent
from courses.progress.learners import VisitorLearner, set_cookie
from courses.progress.runs import Questions, Reason, Refused, Run, Standing
from courses.training.evidence import Duty, duties_of, write_evidence
from courses.training.models import Employee, Evidence

if TYPE_CHECKING:
    from collections.abc import Callable

SALT = "courses.player.employee"


def employee_of(request: HttpRequest) -> Employee | None:
    """Return whose invitation was opened on the device: one statement, none without."""
    value = request.COOKIES.get(settings.EMPLOYEE_COOKIE_NAME, "")
    try:
        pk, seal = Signer(salt=SALT, sep=".").unsign(value).split("/")
        found = Employee.objects.filter(pk=UUID(pk), left=None)
    except (BadSignature, ValueError):
        return None
    employee = found.select_related("organisation", "unit").first()
    if employee is None or not constant_time_compare(seal, _seal(employee)):
        return None
    return employee


def take_in(response: HttpResponse, employee: Employee) -> None:
    """Remember on the device whose invitation was opened, for 12 months at most."""
    value = Signer(salt=SALT, sep=".").sign(f"{employee.pk.hex}/{_seal(employee)}")
    set_cookie(response, settings.EMPLOYEE_COOKIE_NAME, value)


def passed_here(request: HttpRequest, employee: Employee) -> set[UUID]:
    """Return the courses that somebody proved on this device, by test or entry check.

    The cookies of their runs tell it, which outlive a new invitation: whoever prints
    one and opens it elsewhere does not have them.
    """
    return {
        key
        for kind in PROVING
        for key, standing in kind.kept_on(request, employee).items()
        if standing.passed
    }


def asked_here(
    request: HttpRequest, employee: Employee, course: CourseEntry
) -> frozenset[str]:
    """Return the questions of somebody's last test and last check on this device.

    The result of a test shows solutions, so a check after it asks others, too.
    """
    kept = (kind.kept_on(request, employee).get(course.key) for kind in PROVING)
    last = (standing.run for standing in kept if standing and standing.run)
    return frozenset(item.key for run in last for item in run.items)


def duty_on(
    request: HttpRequest, employee: Employee, course: CourseEntry
) -> Duty | None:
    """Return what somebody is assigned of a course, as this device may show it."""
    duties = duties_of(employee, passed_here(request, employee))
    return next((d for d in duties if d.assignment.course_key == course.key), None)


def duty_here(request: HttpRequest, course: CourseEntry) -> Duty | None:
    """Return what the employee of the device is assigned of a course, or None.

    A device without an invitation takes no statement.
    """
    employee = employee_of(request)
    return duty_on(request, employee, course) if employee else None


def for_employee(view: "Callable[..., HttpResponse]") -> "Callable[..., HttpResponse]":
    """Hand a view the employee of the device; anybody else is asked for a code."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        employee = employee_of(request)
        if employee is None:
            return private(redirect("invitation"))
        return private(view(request, employee, *args, **kwargs))

    return guarded


class EvidenceLearner(VisitorLearner):
    """An employee at the test for evidence; nothing of it goes into a row but a pass.

    Reserved questions are asked, too. Whoever is signed in plays no part: the run lies
    in a cookie signed for this very employee and ``purpose``, so that neither a
    visitor's run nor somebody else's nor one of another purpose goes on here. It lapses
    before the server forgets whether it was handed in: else a cookie kept from before
    would be taken again, with better answers.
    """

    meets_reserved = True
    keeps_first_day = True
    purpose: ClassVar[str] = "runs"
    cookie_name: ClassVar[str] = settings.EVIDENCE_COOKIE_NAME

    def __init__(
        self, request: HttpRequest, employee: Employee, course: CourseEntry
    ) -> None:
        super().__init__()
        self.employee = employee
        self.course = course
        today, end = timezone.localdate(), timedelta(seconds=settings.SPENT_RUN_AGE)
        kept = self.kept_on(request, employee)
        self.tests = {
            key: runs.lapsed(each, today=today, after=end)
            for key, each in spent.without_replays(kept).items()
        }

    @classmethod
    def kept_on(cls, request: HttpRequest, employee: Employee) -> run_cookie.Standings:
        """Return what the device keeps of somebody's runs of this purpose."""
        value = request.COOKIES.get(cls.cookie_name, "")
        return run_cookie.loads(value, salt=cls.salt_for(employee))

    @classmethod
    def salt_for(cls, employee: Employee) -> str:
        """Return what signs the cookie of the purpose for somebody."""
        return f"{SALT}.{cls.purpose}.{employee.pk.hex}"

    @property
    def mark(self) -> str:
        """What a page says of whom it was loaded for."""
        return salted_hmac(SALT, self.employee.pk.hex).hexdigest()[:16]

    def finish(self, response: HttpResponse) -> None:
        """Write the cookie of the purpose, if something changed."""
        if self.tests_value:
            set_cookie(response, self.cookie_name, self.tests_value)

    def hand_in_test(
        self, course_key: UUID, run_id: str, questions: Questions
    ) -> Standing:
        """End a run; a passed one is evidence, once however often it is handed in."""
        before = self.final_test(course_key)
        today = timezone.localdate()
        after = runs.handed_in(before, run_id=run_id, questions=questions, today=today)
        is_proof = after.run is not None and self.proves(after.run)
        if not is_proof:
            after = replace(after, passed=before.passed)
        run = before.open_run
        if run:
            # Of several at once with different answers, only the first is taken.
            if not spent.spend(run) and spent.is_replay(run):
                raise Refused(Reason.HANDED_IN)
            if is_proof:
                self._prove(run)
        return self._keep_test(course_key, after)

    def proves(self, run: Run) -> bool:
        """Whether a run that was handed in is evidence."""
        return run.is_passed

    def _prove(self, run: Run) -> Evidence:
        return write_evidence(
            self.employee,
            self.course.key,
            course_title=self.course.title,
            version=run.version,
            since=run.begun,
        )

    def _packed(self, tests: run_cookie.Standings) -> str:
        return run_cookie.dumps(tests, salt=self.salt_for(self.employee))


class CheckLearner(EvidenceLearner):
    """An employee at the entry check of a renewal, a short test for evidence.

    It has no pass mark: each goal is asked once, and whoever solved all questions in
    full has proved them. The rounded result would let a small mistake pass.
    """

    purpose = "check"
    cookie_name = settings.RENEWAL_COOKIE_NAME

    def proves(self, run: Run) -> bool:
        """Whether every goal of the course was asked and solved in full."""
        return run.solves([goal["id"] for goal in self.course.goals])


#: Whose passes are evidence, each with a cookie of its own.
PROVING: Final = (EvidenceLearner, CheckLearner)


def _seal(employee: Employee) -> str:
    """Return what ties a cookie to the invitation of today."""
    return salted_hmac(SALT, employee.invitation or "").hexdigest()[:16]
