"""Forms of the CMS that check more than a page alone can."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks.stream_block import StreamBlockValidationError


class LessonForm(WagtailAdminPageForm):
    """The editor's form of a lesson: the goals of its course can be ticked."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "goals" in self.fields:
            self.fields["goals"] = self._goals_field()

    def _goals_field(self) -> forms.Field:
        course = self.parent_page.specific.get_latest_revision_as_object()
        texts = {goal["id"]: goal["text"] for goal in course.goals}
        # A goal that has left the course can be unticked.
        texts |= {goal: goal for goal in self.instance.goals if goal not in texts}
        return forms.MultipleChoiceField(
            choices=list(texts.items()),
            required=False,
            label=_("Learning goals"),
            help_text=_("Which goals of the course this lesson works towards."),
            widget=forms.CheckboxSelectMultiple,
        )


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
