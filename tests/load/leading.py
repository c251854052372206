"""Prepares what people who lead look at, and says what to ask of the site.

A board of 35 pupils, and who is due among 5,000 employees in 200 units. Runs in a
process of its own (``python -m tests.load.leading``) and prints its targets as JSON.
"""

import json
import sys
from dataclasses import asdict
from datetime import date, timedelta

import django

if __name__ == "__main__":
    django.setup()

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils import timezone

from content.generation import current_generation
from courses.catalogue.library import CourseEntry, library
from courses.groups import ledger
from courses.groups import services as groups
from courses.groups.levels import Visibility
from courses.groups.models import Group, Kind, Organisation, StaffRole
from courses.groups.roles import Role
from courses.progress.events import ExerciseAnswered
from courses.training import services
from courses.training.evidence import valid_until
from courses.training.lists import Line
from courses.training.models import Assignment, Employee, Evidence, Proof, Renewal
from learnsite.accounts.models import User
from tests.load.classroom import SEATS, open_class
from tests.load.client import Request
from tests.load.plan import Target, browser, counted

EMPLOYEES = 5000
TOP_UNITS, UNITS_EACH = 20, 9  # 200 units in all
COURSE = "datenschutz-im-rathaus"
BACKEND = "learnsite.accounts.backends.AccountBackend"


def signed_in(user: User) -> dict[str, str]:
    """Give somebody a second factor and return the headers of their browser."""
    Authenticator.objects.create(
        user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "Dienstgerät"}
    )
    client = browser()
    client.force_login(user, backend=BACKEND)
    name = settings.SESSION_COOKIE_NAME
    return {"Cookie": f"{name}={client.cookies[name].value}"}


def class_at_work() -> tuple[Group, CourseEntry]:
    """Open a class of level 3 in which each has answered some of the first lesson."""
    group = open_class()
    course = library("de", current_generation()).by_slug["datengrabbing"]
    lesson = course.lessons[0]
    for number in range(SEATS):
        user = User.objects.create_user(display_name=f"Kind {number}")
        groups.join(group=group, user=user)
        for place, key in enumerate(lesson.exercise_keys):
            if (number + place) % 3:
                ledger.record(
                    ExerciseAnswered(
                        user_id=user.pk,
                        course_key=course.key,
                        lesson_key=lesson.key,
                        exercise_key=key,
                        solved=bool(number % 2),
                        first=True,
                    )
                )
    return group, course


def board() -> list[Target]:
    """Return the board that renews itself: with something new, and with nothing."""
    group, course = class_at_work()
    headers = signed_in(group.teachers.get().user)
    path = f"/gruppen/{group.pk}/stand/?lektion={course.lessons[0].slug}"
    client = browser()
    tag = client.get(path, headers=headers).headers["ETag"]
    unchanged = {**headers, "If-None-Match": tag}
    return [
        Target("board of 35, renewed", 200, [[Request(path, headers)]]),
        Target("board of 35, nothing new", 304, [[Request(path, unchanged)]]),
    ]


def city() -> tuple[Organisation, Assignment]:
    """Enter the employees of a city, of whom three in five have evidence."""
    organisation = Organisation.objects.create(
        name="Stadt am Wehr", kind=Kind.ADMINISTRATION, ceiling=Visibility.COMPLETED
    )
    units = [
        (f"Dezernat {top}", *([f"Amt {below}"] if below else []))
        for top in range(TOP_UNITS)
        for below in range(UNITS_EACH + 1)
    ]
    lines = [
        Line(str(number), f"Kim {number:04}", units[number % len(units)])
        for number in range(EMPLOYEES)
    ]
    plan = services.plan_list(organisation, lines)
    services.carry_out(organisation, lines, digest=plan.digest)
    course = library("de", current_generation()).by_slug[COURSE]
    assignment, _new = services.assign(
        organisation=organisation,
        course_key=course.key,
        due=timezone.localdate() + timedelta(days=30),
        renewal=Renewal.ROLLING,
        valid_months=12,
        people=organisation.employees.all(),
    )
    prove(organisation, course)
    return organisation, assignment


def prove(organisation: Organisation, course: CourseEntry) -> None:
    """Write evidence of three in five, of each also that of the year before."""
    this = services.this_month()
    months = [this, date(this.year - 1, this.month, 1)]
    people = Employee.objects.filter(organisation=organisation).order_by("reference")
    Evidence.objects.bulk_create(
        [
            Evidence(
                employee=each,
                course_key=course.key,
                course_title=course.title,
                version="2026-11-01",
                month=month,
                valid_until=valid_until(Renewal.ROLLING, 12, month),
                proof=Proof.TEST,
                is_visible=True,
            )
            for place, each in enumerate(people)
            if place % 5 < 3
            for month in months
        ],
        batch_size=1000,
    )


def due() -> list[Target]:
    """Return who is due: by unit, one unit, everybody as a file."""
    organisation, assignment = city()
    manager = User.objects.create_user("load-manager")
    StaffRole.objects.create(
        organisation=organisation, user=manager, role=Role.MANAGER.value
    )
    headers = signed_in(manager)
    base = f"/gruppen/schulung/{organisation.pk}/zuweisung/{assignment.pk}/"
    unit = organisation.units.filter(parent=None).order_by("name")[0]
    pages = {
        "who is due, 200 units": "faellig/",
        "who is due, one unit": f"faellig/{unit.pk}/",
        "who is due, all as CSV": "faellig/liste.csv",
        "assignment, 5,000 people": "",
    }
    return [
        Target(name, 200, [[Request(f"{base}{path}", headers)]])
        for name, path in pages.items()
    ]


def main() -> None:
    """Print the targets."""
    targets = [counted(target) for target in [*board(), *due()]]
    json.dump([asdict(target) for target in targets], sys.stdout)


if __name__ == "__main__":
    main()
