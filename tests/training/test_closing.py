"""An organisation is closed in the CMS, with what would otherwise keep it."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from courses.groups.models import Kind, Organisation
from courses.training.evidence import write_evidence
from courses.training.models import Employee, Evidence, Unit
from learnsite.accounts.models import Tombstone, User
from tests.factories import with_second_factor

pytestmark = pytest.mark.django_db


@pytest.fixture
def cms(db: None) -> Client:
    operator = with_second_factor(User.objects.create_superuser("betrieb"))
    client = Client()
    client.force_login(operator, backend="learnsite.accounts.backends.AccountBackend")
    return client


def test_the_cms_says_what_goes_with_an_organisation_and_lets_all_of_it_go(
    cms: Client, city: Organisation, hire: Callable[..., Employee]
) -> None:
    for number in range(2):
        proved = hire(str(number))
        write_evidence(proved, uuid4(), course_title="Schutz", version=None)
    Unit.objects.create(organisation=city, name="Team", parent=proved.unit)
    other = Organisation.objects.create(name="Kurshaus", kind=Kind.ADULTS)
    address = f"/cms/organisations/delete/{city.pk}/"

    asked = BeautifulSoup(cms.get(address).content, "html.parser").get_text()
    assert "2 Nachweise" in asked
    assert "vorher" in asked

    assert cms.post(address).status_code == 302

    assert list(Organisation.objects.all()) == [other]
    assert not Evidence.objects.exists()
    assert not Employee.objects.exists()
    assert [each.kind for each in Tombstone.objects.all()] == ["courses.Organisation"]
