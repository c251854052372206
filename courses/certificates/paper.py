"""A certificate as PDF: tagged, with its language and title, and without any request.

WeasyPrint needs the system library Pango, so it is imported where it is used; see
:mod:`courses.certificates.checks`.
"""

import atexit
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Any

import segno
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from .pango import weasyprint

TEMPLATE = "courses/certificates/paper.html"
STYLE = "css/certificate.css"
FONTS = frozenset(
    f"fonts/{name}.woff2"
    for name in (
        "atkinson-hyperlegible-next-latin", "atkinson-hyperlegible-next-latin-ext",
        "noto-sans-cyrillic", "noto-sans-cyrillic-ext",
        "noto-sans-greek", "noto-sans-vietnamese",
    )
)  # fmt: skip
HOUR_SECONDS = 3600
#: Rendering takes up to half a second of a processor; waiting longer means a crowd.
PATIENCE_SECONDS = 10
#: How WeasyPrint's complaint about a missing sign begins.
NOTDEF = ".notdef glyph"

_rendering = Lock()


class Crowded(Exception):
    """Too many papers are being made right now."""


class Unprintable(Exception):
    """No typeface here, own or installed, has a sign that stands on the paper."""


def render_pdf(
    context: dict[str, Any], *, template: str = TEMPLATE, style: str = ""
) -> bytes:
    """Return the paper as PDF/UA; one at a time in each process.

    Raises :class:`Crowded` after :data:`PATIENCE_SECONDS` of waiting, and
    :class:`Unprintable` instead of a paper with empty boxes.
    """
    if not _rendering.acquire(timeout=PATIENCE_SECONDS):
        raise Crowded
    try:
        with _missing_signs() as missing:
            content = _render(render_to_string(template, context), style or STYLE)
    finally:
        _rendering.release()
    if missing:
        raise Unprintable
    return content


def qr_code(address: str) -> SafeString:
    """Return the QR code of an address as SVG."""
    drawing = segno.make(address, error="m", micro=False).svg_inline(
        omitsize=True, title=_("QR code that leads to the verification")
    )
    return mark_safe(drawing)  # noqa: S308 - drawn by segno from our own address


def _render(html: str, style_path: str) -> bytes:
    file = _static(style_path)
    hour = int(monotonic() // HOUR_SECONDS)
    style, fonts = _dress(file, file.stat().st_mtime_ns, hour)
    page = weasyprint().HTML(string=html, url_fetcher=own_files_only())
    content: bytes = page.write_pdf(
        stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1", pdf_tags=True
    )
    return content


@lru_cache(maxsize=4)
def _dress(file: Path, _changed: int, _hour: int) -> tuple[Any, Any]:
    """Return a style sheet and its typefaces, which take longer than the rest.

    WeasyPrint keeps the typefaces in a temporary folder, which servers tidy up after
    some days: each hour they are read anew.
    """
    library = weasyprint()
    fonts = library.text.fonts.FontConfiguration()
    style = library.CSS(
        string=file.read_text(encoding="utf-8"),
        base_url="static:/",
        url_fetcher=own_files_only(),
        font_config=fonts,
    )
    return style, fonts


# While there are modules to take the temporary folders away with.
atexit.register(_dress.cache_clear)


@contextmanager
def _missing_signs() -> Iterator[list[str]]:
    """Collect WeasyPrint's complaints about signs that no typeface has."""
    found: list[str] = []

    def keep(record: logging.LogRecord) -> bool:
        is_complaint = str(record.msg).startswith(NOTDEF)
        if is_complaint:
            found.append("")
        # What stands on a paper goes into no log.
        return not is_complaint

    logger = logging.getLogger("weasyprint")
    logger.addFilter(keep)
    try:
        yield found
    finally:
        logger.removeFilter(keep)


def own_files_only() -> Any:
    """Return what answers WeasyPrint's requests: typefaces, and nothing else."""
    urls = weasyprint().urls

    class OwnFiles(urls.URLFetcher):  # type: ignore[name-defined]
        def fetch(self, url: str, headers: Any = None) -> Any:
            path = url.removeprefix("static:/")
            if path not in FONTS:
                raise ValueError(f"A certificate fetches nothing: {url}")
            content = _static(path).read_bytes()
            return urls.URLFetcherResponse(url, content, {"Content-Type": "font/woff2"})

    return OwnFiles()


def _static(path: str) -> Path:
    found = finders.find(path)
    if not isinstance(found, str):
        raise FileNotFoundError(path)
    return Path(found)
