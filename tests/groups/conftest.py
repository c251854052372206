"""An organisation, a teacher, a class of one's own choosing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from courses.groups import services
from courses.groups.levels import Scope, TaskKind, Visibility
from courses.groups.models import Group, Kind, Organisation, StaffRole
from courses.groups.roles import Role
from learnsite.accounts.models import User


@pytest.fixture
def school(db: None) -> Organisation:
    return Organisation.objects.create(name="Gesamtschule Hellingen", kind=Kind.SCHOOL)


@pytest.fixture
def town_hall(db: None) -> Organisation:
    return Organisation.objects.create(
        name="Stadt Hellingen", kind=Kind.ADMINISTRATION, ceiling=Visibility.COMPLETED
    )


@pytest.fixture
def teacher(school: Organisation) -> User:
    user = User.objects.create_user(username="tom", display_name="Tom")
    StaffRole.objects.create(organisation=school, user=user, role=Role.TEACHER.value)
    return user


@pytest.fixture
def lena(db: None) -> User:
    return User.objects.create_user(display_name="Flinker Otter 27")


@pytest.fixture
def course_key() -> UUID:
    return uuid4()


@pytest.fixture
def open_group(
    school: Organisation, teacher: User, course_key: UUID
) -> Callable[..., Group]:
    """Return how to open a group that has the course as its task."""

    def opened(level: Visibility = Visibility.HELP, **fields: Any) -> Group:
        values = {
            "organisation": school,
            "teacher": teacher,
            "title": "9b",
            "ends": timezone.localdate() + timedelta(days=90),
            "scopes": [(TaskKind.COURSE, Scope(course_key))],
            **fields,
        }
        return services.open_group(level=level, **values)

    return opened
