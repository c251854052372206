"""Template tags for what authors make."""

from typing import Any
from urllib.parse import urlsplit

from django import template
from django.http import HttpRequest
from django.template.defaultfilters import force_escape
from django.utils.safestring import SafeString, mark_safe
from wagtail.images.models import AbstractImage

from content import pictures, prose
from content.blocks.base import LICENCES
from content.cards.queries import Card
from content.generation import current_generation
from content.identity import fill_marks
from content.rendering import Segment, render_stream, rendering
from content.requests import generation_of

register = template.Library()

LICENCE_ADDRESSES = {
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/deed.de",
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/deed.de",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/deed.de",
}


@register.filter
def finished(html: str) -> SafeString:
    """Fill glossary terms and marks into rich text on its way to the page."""
    return prose.finish(html)


@register.filter
def inline(value: Any) -> SafeString:
    """Render rich text without its paragraph, for places that hold one run of text."""
    return prose.unframed(str(value))


@register.filter
def label(value: Any) -> SafeString:
    """Render rich text for a label or button: no paragraph, no glossary button."""
    return prose.without_terms(prose.unframed(str(value)))


@register.filter
def marks(text: str) -> SafeString:
    """Fill the site's marks into plain text."""
    return fill_marks(force_escape(text))


@register.simple_tag
def picture(
    image: AbstractImage | None,
    alt: str = "",
    sizes: str = pictures.DEFAULT_SIZES,
    css_class: str = "",
    eager: bool = False,
    late: bool = False,
) -> SafeString | str:
    """Return a sized picture; all but the first of a body, or ``eager``, load late.

    ``late`` ones always do: exercises are rendered apart from their body.
    """
    lazy = late or (pictures.is_lazy() and not eager)
    return pictures.img(image, alt, sizes=sizes, lazy=lazy, css_class=css_class)


@register.simple_tag
def poster(image: AbstractImage | None) -> str:
    """Return the address of a video's still picture."""
    return pictures.still(image)


@register.filter
def host_name(url: str) -> str:
    """Return the host of an address, as readers know it."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


@register.filter
def licence_name(code: str) -> str:
    """Return the name of a licence."""
    return str(dict(LICENCES).get(code, code))


@register.filter
def licence_url(code: str) -> str:
    """Return the address of a licence, empty where it has none."""
    return LICENCE_ADDRESSES.get(code, "")


@register.simple_tag(takes_context=True)
def segments(context: template.Context, page: Any, field: str) -> tuple[Segment, ...]:
    """Return the rendered blocks of a page's stream; previews are never kept."""
    request: HttpRequest | None = context.get("request")
    if getattr(request, "is_preview", False) or page.pk is None:
        generation = None
    else:
        generation = getattr(request, "content_generation", None)
        if generation is None:
            generation = current_generation()
    return render_stream(
        getattr(page, field), key=(page.pk, field), generation=generation
    )


@register.simple_tag(takes_context=True)
def body(context: template.Context, page: Any, field: str = "body") -> SafeString:
    """Return a page's stream as HTML; for pages without exercises."""
    parts = (segment.html or "" for segment in segments(context, page, field))
    return mark_safe("".join(parts))  # noqa: S308 - rendered by our own templates


@register.simple_tag(takes_context=True)
def finished_systems(context: template.Context, card: Card) -> list[dict[str, Any]]:
    """Return the systems of a step card, their texts under ids no other one has.

    Terms are explained once for each, since paper may show one system alone.
    """
    generation = generation_of(context["request"])
    found = []
    for each in card.variants:
        with rendering(generation=generation, prefix=f"{card.key}-{each.anchor}"):
            texts = {
                "steps": [str(step) for step in each.steps],
                "note": str(each.note),
            }
        found.append({**vars(each), **texts})
    return found


@register.filter
def heading(columns: list[dict[str, str]], index: int) -> str:
    """Return a table column's heading, for cells that stand alone on a phone."""
    return columns[index]["heading"]
