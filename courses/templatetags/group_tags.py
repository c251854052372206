"""What templates ask about groups."""

from django import template

from courses.groups import levels
from courses.groups.titles import role_name
from courses.player.naming import shared_object

register = template.Library()


@register.simple_tag
def agreement(level: int, is_class: bool) -> str:
    """Return in one sentence what a level lets those who lead see."""
    return levels.agreement(int(level), is_class=is_class)


@register.simple_tag
def shared_title(object_key: str) -> str:
    """Return what a line of the ledger is about, in the reader's language."""
    return shared_object(object_key)


@register.simple_tag
def role_title(role: str) -> str:
    """Return a role in words."""
    return role_name(role)
