"""``manage.py remove_demo_people``: erase the demo people."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from learnsite.accounts import demo


class Command(BaseCommand):
    """Erases accounts that open with the published password or key."""

    help = "Erase the demo people."

    def handle(self, *args: Any, **options: Any) -> None:
        """Erase and say how many."""
        count = demo.remove_demo_people()
        self.stdout.write(
            ngettext(
                "%(count)d demo person erased.", "%(count)d demo people erased.", count
            )
            % {"count": count}
        )
