"""A school for the demo's teacher, so that a first look can open a class."""

from learnsite.accounts.models import User

from .models import Kind, Organisation, StaffRole
from .roles import Role

TEACHER = "tom"
SCHOOL = "Gesamtschule Hellingen (Probe)"


def create_demo_school() -> None:
    """Make the demo's teacher teach somewhere; a second run changes nothing."""
    school, _new = Organisation.objects.get_or_create(name=SCHOOL, kind=Kind.SCHOOL)
    tom = User.objects.get(username=TEACHER)
    StaffRole.objects.get_or_create(
        organisation=school, user=tom, role=Role.TEACHER.value
    )
