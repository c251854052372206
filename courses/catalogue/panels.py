"""Panels of the editor's forms that know the course around a page."""

from typing import Any

from wagtail.admin.panels import Panel

from courses.exercises.types.base import GOALS_LIST


class GoalsPanel(Panel):
    """Offers the goals of the course to the fields for goals in the form's exercises.

    Browsers show the text of each goal and write its id. Where the course has no goals
    yet, it says where they are written.
    """

    class BoundPanel(Panel.BoundPanel):
        template_name = "courses/cms/goals_panel.html"

        def get_context_data(
            self, parent_context: dict[str, Any] | None = None
        ) -> dict[str, Any]:
            """Add ``course``, its ``goals``, and the ``list_id`` fields refer to."""
            course = self.form.parent_page.specific
            goals = course.get_latest_revision_as_object().goals
            return {
                **super().get_context_data(parent_context),
                "course": course,
                "goals": goals,
                "list_id": GOALS_LIST,
            }
