"""Pictures that authors chose, read together instead of one by one."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.models import prefetch_related_objects
from wagtail import blocks
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageChooserBlock
from wagtail.images.models import AbstractImage

_at_hand: ContextVar[Mapping[int, AbstractImage] | None] = ContextVar(
    "pictures at hand", default=None
)


class PictureChooserBlock(ImageChooserBlock):
    """A picture that is chosen; without a statement where it is at hand."""

    def bulk_to_python(self, values: Iterable[int | None]) -> list[Any]:
        """Return the pictures of some ids, in their order."""
        at_hand = _at_hand.get()
        if at_hand is None:
            found: list[Any] = super().bulk_to_python(values)
            return found
        return [at_hand.get(value or 0) for value in values]


def read_pictures(streams: Iterable[blocks.StreamValue]) -> None:
    """Read the pictures of some streams and their renditions together.

    Left to themselves, streams ask for each kind of block, and each picture for its
    renditions.
    """
    streams = list(streams)
    ids = {
        number
        for stream in streams
        for number in chosen(stream.stream_block, list(stream.raw_data))
    }
    found = get_image_model().objects.in_bulk(ids) if ids else {}
    read_renditions(found.values())
    with _having(found):
        for stream in streams:
            list(stream)


def read_renditions(images: Iterable[AbstractImage]) -> None:
    """Read the renditions of some pictures together; drawings have none."""
    sized = [image for image in images if not image.is_svg()]
    prefetch_related_objects(sized, "renditions")


@contextmanager
def _having(pictures: Mapping[int, AbstractImage]) -> Iterator[None]:
    token = _at_hand.set(pictures)
    try:
        yield
    finally:
        _at_hand.reset(token)


def chosen(block: blocks.Block, value: Any) -> Iterator[int]:
    """Yield the ids of the pictures in a value as it is stored."""
    if not value:
        return
    if isinstance(block, PictureChooserBlock):
        yield value
    elif isinstance(block, blocks.StreamBlock):
        for each in value:
            if each["type"] in block.child_blocks:
                yield from chosen(block.child_blocks[each["type"]], each["value"])
    elif isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            yield from chosen(child, value.get(name))
    elif isinstance(block, blocks.ListBlock):
        for each in value:
            # Wagtail still reads lists from before their entries had ids.
            is_entry = isinstance(each, dict) and each.get("type") == "item"
            yield from chosen(block.child_block, each["value"] if is_entry else each)
