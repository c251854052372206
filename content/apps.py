"""App ``content``: everything authors make, without a learner."""

from django.apps import AppConfig


class ContentConfig(AppConfig):
    """Connects the signals that raise the content generation and prepare pictures."""

    name = "content"

    def ready(self) -> None:
        from . import checks, generation, publishing  # noqa: F401, PLC0415 - need models

        generation.connect()
        publishing.connect()
