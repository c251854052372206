"""A city with two units and people in them."""

from collections.abc import Callable

import pytest

from courses.groups.levels import Visibility
from courses.groups.models import Kind, Organisation, StaffRole
from courses.groups.roles import Role
from courses.training.models import Employee, Unit
from learnsite.accounts.models import User


@pytest.fixture
def city(db: None) -> Organisation:
    return Organisation.objects.create(
        name="Stadt Hellingen", kind=Kind.ADMINISTRATION, ceiling=Visibility.COMPLETED
    )


@pytest.fixture
def manager(city: Organisation) -> User:
    user = User.objects.create_user(username="meryem", display_name="Meryem")
    StaffRole.objects.create(organisation=city, user=user, role=Role.MANAGER.value)
    return user


@pytest.fixture
def office(city: Organisation) -> Unit:
    return Unit.objects.create(organisation=city, name="Bürgerbüro")


@pytest.fixture
def hire(city: Organisation, office: Unit) -> Callable[..., Employee]:
    """Return how to enter somebody into the list."""

    def hired(reference: str = "4711", **values: object) -> Employee:
        entered = {"unit": office, "name": "Aylin Yıldız", **values}
        return Employee.objects.create(
            organisation=city, reference=reference, **entered
        )

    return hired


@pytest.fixture
def clerk(hire: Callable[..., Employee]) -> Employee:
    return hire()
