"""Forms of the CMS that check more than a page alone can."""

from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks.stream_block import StreamBlockValidationError


class FinalTestForm(WagtailAdminPageForm):
    """The editor's form of a final test."""

    def clean(self) -> Any:
        """Refuse a pool from which no fair test can be drawn; a draft may have one."""
        cleaned = super().clean()
        if self.is_deferred_validation or not {"pool", "per_goal"} <= cleaned.keys():
            return cleaned
        page = self.instance
        page.pool, page.per_goal = cleaned["pool"], cleaned["per_goal"]
        goals = self.parent_page.specific.public_goal_ids()
        if problems := page.problems(goals):
            # A stream shows all errors only where they come as its own kind of error.
            self.add_error(
                "pool", StreamBlockValidationError(non_block_errors=problems)
            )
        return cleaned
