"""App ``content``: everything authors make, without a learner."""

from django.apps import AppConfig


class ContentConfig(AppConfig):
    """Connects the signals that raise the content generation."""

    name = "content"

    def ready(self) -> None:
        from . import generation  # noqa: PLC0415 - needs loaded models

        generation.connect()
