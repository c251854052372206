"""The blocks authors write with, by family. Names are the packages' directives."""

from collections.abc import Iterable
from typing import Any

from wagtail.blocks import Block, StreamBlock

from .cards import CardsBlock
from .data import TableBlock
from .labs import LabBlock
from .media import AudioBlock, DownloadBlock, ImageBlock, VideoBlock
from .notes import LinesBlock, NextStepBlock, StepsBlock
from .sources import LinkCardBlock, PerspectivesBlock, QuoteBlock, SourcesBlock
from .text import KeyPointBlock, MoreBlock, TextBlock

CONTENT_BLOCKS: list[tuple[str, Block]] = [
    ("text", TextBlock()),
    ("key_point", KeyPointBlock()),
    ("image", ImageBlock()),
    ("table", TableBlock()),
    ("steps", StepsBlock()),
    ("quote", QuoteBlock()),
    ("more", MoreBlock()),
    ("perspectives", PerspectivesBlock()),
    ("sources", SourcesBlock()),
    ("download", DownloadBlock()),
    ("audio", AudioBlock()),
    ("video", VideoBlock()),
    ("link_card", LinkCardBlock()),
    ("next_step", NextStepBlock()),
    ("lines", LinesBlock()),
    ("lab", LabBlock()),
    ("cards", CardsBlock()),
]


class ContentStream(StreamBlock):
    """Every block a page may hold, without exercises."""

    def __init__(
        self, local_blocks: Iterable[tuple[str, Block]] | None = None, **options: Any
    ) -> None:
        super().__init__([*CONTENT_BLOCKS, *(local_blocks or [])], **options)
