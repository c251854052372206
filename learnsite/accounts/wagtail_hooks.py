"""The CMS's hooks of accounts."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from wagtail import hooks
from wagtail.admin.ui.components import Component

from .cms_people import BULK_ACTIONS
from .decorators import person_of
from .second_factor import may_go_without

# Wagtail registers its own actions under the same names; the higher order wins.
for _action in BULK_ACTIONS:
    hooks.register("register_bulk_action", _action, order=10)


class DemoNote(Component):
    """Says to the demo's people what they are spared, and that it is theirs alone."""

    name = "demo_note"
    order = 1

    def render_html(self, parent_context: Any = None) -> str:
        """Return the note."""
        return render_to_string("accounts/cms_demo_note.html")


@hooks.register("construct_homepage_panels")
def tell_of_demo(request: HttpRequest, panels: list[Component]) -> None:
    """Show above the CMS's first page who gets in without a second step."""
    if may_go_without(person_of(request)):
        panels.insert(0, DemoNote())
