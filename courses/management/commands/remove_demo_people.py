"""``manage.py remove_demo_people``: erase the demo people and their organisations."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.groups.demo import Removal, remove_demo_schools
from courses.training.demo import remove_demo_city
from learnsite.accounts.demo import demo_people, remove_demo_people


class Command(BaseCommand):
    """Erases accounts that open with the published password or key, and what is theirs.

    An organisation of the demo stays where somebody else has come to depend on it; the
    command says which and why.
    """

    help = "Erase the demo people and their organisations."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Erase and say how many; the organisations first, as roles go with people."""
        cast = demo_people()
        removals = [*remove_demo_schools(cast), *remove_demo_city(cast)]
        people = remove_demo_people()
        self.stdout.write(
            ngettext(
                "%(count)d demo person erased.", "%(count)d demo people erased.", people
            )
            % {"count": people}
        )
        self._tell(removals)

    def _tell(self, removals: list[Removal]) -> None:
        erased = sum(not each.why_kept for each in removals)
        if erased:
            self.stdout.write(
                ngettext(
                    "%(count)d demo organisation erased.",
                    "%(count)d demo organisations erased.",
                    erased,
                )
                % {"count": erased}
            )
        for each in removals:
            if each.why_kept:
                self.stdout.write(
                    _("“%(name)s” stays: %(why)s.")
                    % {"name": each.name, "why": each.why_kept}
                )
