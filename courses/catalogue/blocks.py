"""The streams of lessons and final tests: what authors write, with exercises in it."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from content.blocks import CONTENT_BLOCKS
from courses.exercises.registry import question_types
from courses.exercises.types.base import GoalBlock, QuestionType

from .recall import RECALL, RecallBlock


class LessonStream(blocks.StreamBlock):
    """Content blocks, questions of earlier lessons, and a block for each type found."""

    def __init__(self, **kwargs: Any) -> None:
        types = [(name, t.block()) for name, t in question_types().items()]
        super().__init__([*CONTENT_BLOCKS, (RECALL, RecallBlock()), *types], **kwargs)


class PoolStream(blocks.StreamBlock):
    """The questions of a final test, one block for each type that can be graded there.

    Stories that go on over several answers are for lessons.
    """

    def __init__(self, **kwargs: Any) -> None:
        types = [
            (name, pool_block(kind))
            for name, kind in question_types().items()
            if kind.graded and not kind.in_steps
        ]
        super().__init__(types, **kwargs)


def pool_block(kind: QuestionType) -> blocks.Block:
    """Return a type's form with what a question of a pool has besides.

    Its goal must be named, because drawing goes by it.
    """
    own = [
        (
            "goal",
            GoalBlock(help_text=_("The goal of the course that this question tests.")),
        ),
        (
            "reserved",
            blocks.BooleanBlock(
                required=False,
                label=_("Kept for tests that count as evidence"),
                help_text=_("Never drawn for visitors or for ordinary tests."),
            ),
        ),
    ]
    return type(kind.block())(own)


class PaperStream(blocks.StreamBlock):
    """A teacher's page or a worksheet: content blocks only."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(CONTENT_BLOCKS, required=False, **kwargs)
