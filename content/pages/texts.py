"""The words of standard and legal pages for the search; in memory, for they are few."""

from dataclasses import dataclass

from content.memory import remembered
from content.search import search_text

from .models import LegalPage, StandardPage


@dataclass(frozen=True)
class PageText:
    """A page as the search sees it."""

    title: str
    summary: str
    url: str
    search_text: str


def page_texts(language: str, generation: int) -> tuple[PageText, ...]:
    """Return all pages of a language that everybody may see."""

    def read() -> tuple[PageText, ...]:
        pages = [
            page
            for model in (StandardPage, LegalPage)
            for page in model.objects.live()
            .public()
            .filter(locale__language_code=language)
            .order_by("path")
        ]
        return tuple(_text(page) for page in pages)

    return remembered(("page texts", language), generation, read)


def _text(page: StandardPage | LegalPage) -> PageText:
    words = page.body.stream_block.get_searchable_content(page.body)
    return PageText(
        page.title,
        page.summary,
        page.url or "",
        search_text(page.title, page.summary, *words),
    )
