"""Pictures on pages: sized, lazy, in a modern format and several widths."""

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from wagtail.images import get_image_model
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import AbstractImage, SourceImageIOError

from .rendering import current_rendering

WIDTHS = (480, 800, 1200)  # px; the text column is 720 px wide, twice that on phones
LATER = mark_safe(' loading="lazy" decoding="async"')
DEFAULT_SIZES = "(min-width: 48rem) 45rem, 100vw"


def specs(image: AbstractImage, widths: Iterable[int] = WIDTHS) -> list[str]:
    """Return the renditions a raster picture needs; never larger than itself."""
    fitting = [width for width in widths if width < image.width]
    if len(fitting) < len(tuple(widths)):
        fitting.append(image.width)
    return [f"width-{width}|format-webp" for width in fitting]


def img(
    image: AbstractImage | None,
    alt: str = "",
    *,
    sizes: str = DEFAULT_SIZES,
    lazy: bool = True,
    css_class: str = "",
) -> SafeString | str:
    """Return the ``<img>`` for a picture, or nothing where its file is missing.

    SVG stands as it is; anything else becomes WebP in several widths.
    """
    if not image:
        return ""
    loading = LATER if lazy else ""
    extra = format_html(' class="{}"', css_class) if css_class else ""
    if image.is_svg():
        return format_html(
            '<img src="{}" width="{}" height="{}" alt="{}"{}{}>',
            image.file.url,
            image.width,
            image.height,
            alt,
            loading,
            extra,
        )
    try:
        found = image.get_renditions(*specs(image))
    except (SourceImageIOError, InvalidFilterSpecError):
        return ""
    renditions = sorted(found.values(), key=lambda rendition: rendition.width)
    widest = renditions[-1]
    srcset = format_html_join(", ", "{} {}w", ((r.url, r.width) for r in renditions))
    return format_html(
        '<img src="{}" srcset="{}" sizes="{}" width="{}" height="{}" alt="{}"{}{}>',
        widest.url,
        srcset,
        sizes,
        widest.width,
        widest.height,
        alt,
        loading,
        extra,
    )


def still(image: AbstractImage | None) -> str:
    """Return the address of one fixed rendition, empty where there is no file."""
    if not image:
        return ""
    if image.is_svg():
        return image.file.url
    try:
        return image.get_rendition("max-1200x800|format-webp").url
    except SourceImageIOError:
        return ""


def is_lazy() -> bool:
    """Return whether the next picture may load late: all but the first of a body."""
    state = current_rendering()
    return not (state and state.next_picture_is_first())


def prepare_renditions(ids: Iterable[int]) -> None:
    """Make the renditions of some pictures, so that readers need not.

    Side effect: writes files and rows where they are missing.
    """
    for image in get_image_model().objects.filter(pk__in=ids):
        img(image)
