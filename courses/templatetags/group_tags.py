"""What templates ask about groups."""

from django import template

from courses.groups.models import Organisation
from courses.groups.titles import role_name
from courses.player.naming import shared_object

register = template.Library()


@register.simple_tag
def agreement(level: int, organisation: Organisation) -> str:
    """Return in one sentence what a level lets those who lead see."""
    return organisation.agreement(int(level))


@register.simple_tag
def shared_title(object_key: str) -> str:
    """Return what a line of the ledger is about, in the reader's language."""
    return shared_object(object_key)


@register.simple_tag
def role_title(role: str) -> str:
    """Return a role in words."""
    return role_name(role)
