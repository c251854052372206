"""The stream of a lesson: what authors write, with exercises among it."""

from typing import Any

from wagtail import blocks

from content.blocks import CONTENT_BLOCKS
from courses.exercises.registry import question_types


class LessonStream(blocks.StreamBlock):
    """Content blocks plus one block for each question type found."""

    def __init__(self, **kwargs: Any) -> None:
        types = [(name, t.block()) for name, t in question_types().items()]
        super().__init__([*CONTENT_BLOCKS, *types], **kwargs)


class PaperStream(blocks.StreamBlock):
    """A teacher's page or a worksheet: content blocks only."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(CONTENT_BLOCKS, required=False, **kwargs)
