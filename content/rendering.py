"""Rendering streams of blocks: the same HTML for everyone, made once per content.

A rendered body holds no learner. Blocks whose ``Meta`` says ``stateful = True``
(exercises) come back as references; whoever composes the page renders them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from wagtail.blocks import StreamValue

from .generation import current_generation
from .memory import remembered


@dataclass
class Rendering:
    """What is being rendered right now: keeps ids unique and the first picture eager.

    ``prefix`` starts every element id made inside; ``explained`` holds the glossary
    terms met so far.
    """

    generation: int
    prefix: str = "x"
    terms: int = 0
    pictures: int = 0
    explained: set[str] = field(default_factory=set)

    def next_term_id(self) -> str:
        """Return an element id for the next glossary term."""
        self.terms += 1
        return f"t-{self.prefix}-{self.terms}"

    def explains_again(self, key: str) -> bool:
        """Return whether this glossary term came up before."""
        again = key in self.explained
        self.explained.add(key)
        return again

    def next_picture_is_first(self) -> bool:
        """Return whether no picture has been rendered before this one."""
        self.pictures += 1
        return self.pictures == 1


_current: ContextVar[Rendering | None] = ContextVar("rendering", default=None)


def current_rendering() -> Rendering | None:
    """Return the rendering this code runs in, if any."""
    return _current.get()


@contextmanager
def rendering(*, generation: int, prefix: str = "x") -> Iterator[Rendering]:
    """Give texts rendered inside ids that start with ``prefix``."""
    state = Rendering(generation, prefix)
    token = _current.set(state)
    try:
        yield state
    finally:
        _current.reset(token)


@dataclass(frozen=True)
class Segment:
    """One block of a body: its HTML, or the value of a stateful block."""

    block_id: str
    block_type: str
    html: SafeString | None
    value: Any = None

    @property
    def anchor(self) -> str:
        """The element id of the block, to jump to."""
        return anchor(self.block_id)

    @property
    def is_stateful(self) -> bool:
        """Whether the block is rendered together with a learner's state."""
        return self.html is None


def anchor(block_id: str) -> str:
    """Return the element id of a block."""
    return f"b-{block_id[:8]}"


def render_stream(
    stream: StreamValue, *, key: Any, generation: int | None
) -> tuple[Segment, ...]:
    """Return the segments of a stream in the active language.

    ``key`` identifies the stream (page id and field name). It is remembered for this
    content generation; with ``generation=None`` (previews) nothing is remembered.
    """
    if generation is None:
        return _render(stream, current_generation())
    return remembered(
        ("segments", key, get_language()),
        generation,
        lambda: _render(stream, generation),
    )


def _render(stream: StreamValue, generation: int) -> tuple[Segment, ...]:
    with rendering(generation=generation) as state:
        return tuple(_segment(child, state) for child in stream)


def _segment(child: StreamValue.StreamChild, state: Rendering) -> Segment:
    block_id = child.id or ""
    if getattr(child.block.meta, "stateful", False):
        return Segment(block_id, child.block_type, None, child.value)
    state.prefix = block_id[:8] or "x"
    html = format_html(
        '<div class="block block-{}" id="{}">{}</div>',
        child.block_type.replace("_", "-"),
        anchor(block_id),
        child.render({"block_id": block_id}),
    )
    return Segment(block_id, child.block_type, html)
