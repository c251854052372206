"""From stored rich text to the page: glossary terms, marks, and text without a frame.

Wagtail hands every rich text through ``wagtailcore/shared/richtext.html``; our copy of
that template calls :func:`finish`, so that no caller has to think of it.
"""

import re
from collections.abc import Iterator
from hashlib import blake2b

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.rich_text import LinkHandler

from .cards.models import StepCard
from .cards.queries import step_cards
from .generation import current_generation
from .glossary.models import GlossaryTerm
from .glossary.queries import Entry, glossary
from .identity import fill_marks
from .keyed import Use, uses_of
from .links import glossary_url
from .rendering import Rendering, current_rendering, rendering

# With the punctuation around it: browsers break lines between a button and a comma.
TERM = re.compile(
    r'([(„‚“»]*)<a data-term="([^"]*)">(.*?)</a>([.,;:!?…)“”‘’]*)', re.DOTALL
)
PARAGRAPH = re.compile(r"</?p\b[^>]*>")
TAG = re.compile(r"(<[^>]*>)")
#: Words that fall apart when a line breaks at their hyphen: E-Mail, Werbe-ID.
SHORT_PART = re.compile(r"(?<![\w-])(?:[^\W\d_]-\w{2,12}|\w{2,12}-\w{1,2}(?![\w-]))")
ORIGINAL_LANGUAGE = "de"


class GlossaryLinkHandler(LinkHandler):
    """``<a linktype="glossary" id="key">``: marked here, filled in by ``finish``."""

    identifier = "glossary"

    @classmethod
    def expand_db_attributes(cls, attrs: dict[str, str]) -> str:
        """Return the opening tag that ``finish`` looks for."""
        return format_html('<a data-term="{}">', attrs.get("id", ""))

    @classmethod
    def extract_references(cls, attrs: dict[str, str]) -> Iterator[Use]:
        """Count as a use of the term."""
        return uses_of(GlossaryTerm, attrs.get("id"))


class StepCardLinkHandler(LinkHandler):
    """``<a linktype="card" id="key">``: a link to a step card by its key."""

    identifier = "card"

    @classmethod
    def expand_db_attributes(cls, attrs: dict[str, str]) -> str:
        """Return the opening tag; paper shows the whole address, which it names."""
        card = step_cards(generation=_generation()).get(attrs.get("id", ""))
        if card is None:
            return "<a>"
        site = settings.SITE_URL.rstrip("/").partition("://")[2]
        return format_html(
            '<a href="{}" data-address="{}{}">', card.address, site, card.address
        )

    @classmethod
    def extract_references(cls, attrs: dict[str, str]) -> Iterator[Use]:
        """Count as a use of the card."""
        return uses_of(StepCard, attrs.get("id"))


def finish(html: str) -> SafeString:
    """Fill in glossary terms and the site's marks; ids are unique on the page."""
    if TERM.search(html):
        state = current_rendering()
        if state is None:
            digest = blake2b(html.encode(), digest_size=4).hexdigest()
            with rendering(generation=current_generation(), prefix=digest) as state:
                html = _fill_terms(html, state)
        else:
            html = _fill_terms(html, state)
    return fill_marks(held_together(html), _generation())


def held_together(html: str) -> str:
    """Let no line break at a hyphen that leaves one or two letters alone.

    Marked up rather than written with another hyphen, which neither the typeface nor
    a search in the page knows.
    """
    if not SHORT_PART.search(html):
        return html
    parts = TAG.split(html)
    parts[::2] = [
        SHORT_PART.sub(r'<span class="held">\g<0></span>', text) for text in parts[::2]
    ]
    return "".join(parts)


def without_terms(html: str) -> SafeString:
    """Leave of finished terms their words alone; for labels and buttons."""
    button, rest = r"([^<]*)<button[^>]*>(.*?)</button>", r".*?<!--/term-->([^<]*)"
    pattern = rf'<span class="term[^"]*">{button}{rest}</span>'
    return mark_safe(re.sub(pattern, r"\1\2\3", html, flags=re.DOTALL))  # noqa: S308


def unframed(html: str) -> SafeString:
    """Return inline text without its paragraph; several become lines."""
    lines = [part.strip() for part in PARAGRAPH.split(html) if part.strip()]
    return mark_safe("<br>".join(lines))  # noqa: S308 - parts of finished HTML


def _generation() -> int | None:
    state = current_rendering()
    return state.generation if state else None


def _fill_terms(html: str, state: Rendering) -> str:
    language = get_language() or ORIGINAL_LANGUAGE

    def fill(match: re.Match[str]) -> str:
        before, key, after = match[1], match[2], match[4]
        words = mark_safe(match[3])  # noqa: S308
        for code in dict.fromkeys([language, ORIGINAL_LANGUAGE]):
            if entry := glossary(code, state.generation).get(key):
                foreign = code if code != language else ""
                note = _popover(words, entry, state, foreign)
                return format_html(
                    '<span class="term{}">{}{}<!--/term-->{}</span>',
                    " is-again" if state.explains_again(key) else "",
                    before,
                    note,
                    after,
                )
        return before + words + after

    return TERM.sub(fill, html)


def _popover(
    words: SafeString, entry: Entry, state: Rendering, lang: str
) -> SafeString:
    # Spaces stand inside what paper leaves out, so that its brackets hold none.
    element = state.next_term_id()
    return format_html(
        '<button type="button" class="term-word" '
        'popovertarget="{id}">{words}</button>'
        '<span class="term-note" id="{id}" popover{lang}>'
        '<strong class="term-name">{name} </strong>'
        '<span class="term-text">{short}</span>{link}</span>',
        id=element,
        words=words,
        lang=format_html(' lang="{}"', lang) if lang else "",
        name=entry.term,
        short=entry.short,
        link=_glossary_link(entry, state),
    )


def _glossary_link(entry: Entry, state: Rendering) -> str:
    url = glossary_url(state.generation)
    if not url:
        return ""
    return format_html(
        '<a class="term-more" href="{}#{}"> {}</a>',
        url,
        entry.key,
        _("In the glossary"),
    )
