"""Opens a class in the benchmark's database, and counts afterwards what has come in.

``python -m tests.load.classroom open`` prints the join code; ``… count`` prints how
many joined and how many lines the ledger has.
"""

import sys
from datetime import timedelta

import django

if __name__ == "__main__":
    django.setup()

from django.utils import timezone

from content.generation import current_generation
from courses.catalogue.library import library
from courses.groups import services, window
from courses.groups.levels import Scope, TaskKind, Visibility
from courses.groups.models import (
    Group,
    Kind,
    Membership,
    Organisation,
    SharedFact,
    StaffRole,
)
from courses.groups.roles import Role
from learnsite.accounts.models import User

COURSE = "datengrabbing"
SEATS = 35


def open_class() -> Group:
    """Open a class of level 3 with the shipped course, and its entry."""
    course = library("de", current_generation()).by_slug[COURSE]
    school = Organisation.objects.create(name="Schule am Wehr", kind=Kind.SCHOOL)
    teacher = User.objects.create_user("load-teacher")
    StaffRole.objects.create(organisation=school, user=teacher, role=Role.TEACHER.value)
    group = services.open_group(
        organisation=school,
        teacher=teacher,
        title="9b",
        level=Visibility.HELP,
        ends=timezone.localdate() + timedelta(days=30),
        seats=SEATS,
        scopes=[(TaskKind.COURSE, Scope(course.key))],
    )
    window.open_window(group)
    return Group.objects.get(pk=group.pk)


def count() -> str:
    """Return how many joined and how many have a line in the ledger."""
    shared = SharedFact.objects.values("membership").distinct().count()
    return f"{Membership.objects.count()} {shared}"


if __name__ == "__main__":
    sys.stdout.write(str(open_class().code) if sys.argv[1] == "open" else count())
