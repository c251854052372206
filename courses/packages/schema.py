"""The facts of courses, lessons and pages: which fields exist and what they may hold.

They are Wagtail blocks, so that facts are read, checked and written like any block.
"""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from content.addresses import ONLY_PLAIN, PLAIN
from content.blocks.sources import check_cites
from content.cards.blocks import VariantBlock
from content.licences import Licence
from content.richtext import BLOCK_FEATURES
from content.sources.blocks import SharedSourceBlock
from courses.catalogue.changes import MONTH
from courses.catalogue.choices import Address, Level, Setting, Topic

from .values import list_item

FORMAT = 1
PAGE_KINDS = [
    "home", "courses", "imprint", "privacy", "accessibility", "glossary", "standard",
]  # fmt: skip
PLAIN_ONLY = rf"^{PLAIN.pattern}$"


def slug_block(**options: Any) -> blocks.RegexBlock:
    """Return a field for an id or a part of an address."""
    return blocks.RegexBlock(
        regex=PLAIN_ONLY,
        error_messages={"invalid": ONLY_PLAIN},
        max_length=options.pop("max_length", 80),
        **options,
    )


def _choices(values: Any, **options: Any) -> blocks.ChoiceBlock:
    return blocks.ChoiceBlock(choices=[(value, value) for value in values], **options)


def _line(length: int, **options: Any) -> blocks.CharBlock:
    return blocks.CharBlock(max_length=length, **options)


class GoalFacts(blocks.StructBlock):
    """A learning goal."""

    id = slug_block(max_length=60)
    text = _line(400)


class CompetenceFacts(blocks.StructBlock):
    """Codes of competences by framework."""

    digcomp = blocks.ListBlock(_line(20))
    mkr = blocks.ListBlock(_line(20))
    kmk = blocks.ListBlock(_line(20))


class SourceFacts(blocks.StructBlock):
    """A source of the course: what it leaves out comes from the one it shares."""

    shared = SharedSourceBlock()
    title = _line(300, required=False)
    publisher = _line(160, required=False)
    url = blocks.URLBlock(required=False)
    accessed = blocks.DateBlock(required=False)
    note = _line(300, required=False)

    def clean(self, value: Any) -> Any:
        """Refuse an entry without a source."""
        cleaned = super().clean(value)
        check_cites(cleaned, "title", self)
        return cleaned


class ChangeFacts(blocks.StructBlock):
    """What changed in a month."""

    month = blocks.RegexBlock(
        regex=MONTH,
        error_messages={"invalid": _("Write the month as 2026-11.")},
    )
    text = _line(400)


class CourseFacts(blocks.StructBlock):
    """``course.yaml``."""

    format = blocks.IntegerBlock(min_value=FORMAT, max_value=FORMAT)
    kind = _choices(["course"])
    id = slug_block()
    slug = slug_block()
    locale = _line(12)
    title = _line(250)
    summary = blocks.TextBlock(max_length=900)
    audience = _line(120, required=False)
    address = _choices(Address.values, default=Address.DU)
    topics = blocks.ListBlock(_choices(Topic.values), min_num=1)
    settings = blocks.ListBlock(_choices(Setting.values), min_num=1)
    level = _choices(Level.values, default=Level.ENTRY)
    goals = blocks.ListBlock(GoalFacts(), min_num=1)
    competences = CompetenceFacts()
    licence = _choices(Licence.values, default=Licence.BY_SA)
    authors = blocks.ListBlock(_line(160))
    image = ImageChooserBlock(required=False)
    image_alt = _line(300, required=False)
    draft_notice = _line(250, required=False)
    as_of = blocks.DateBlock(required=False)
    review = blocks.DateBlock(required=False)
    valid_months = blocks.IntegerBlock(required=False, min_value=1, max_value=120)
    sources = blocks.ListBlock(SourceFacts())
    changes = blocks.ListBlock(ChangeFacts())


#: What a translation states itself; all else may come from the original.
OWN_IN_TRANSLATION = frozenset(
    [
        "format", "kind", "id", "locale", "slug", "title", "summary", "draft_notice",
        "changes",
    ]
)  # fmt: skip


class LessonFacts(blocks.StructBlock):
    """Front matter of a lesson."""

    id = slug_block()
    slug = slug_block()
    title = _line(250)
    summary = blocks.TextBlock(required=False, max_length=900)
    minutes = blocks.IntegerBlock(min_value=1, max_value=90)
    goals = blocks.ListBlock(slug_block(max_length=60))
    draft_notice = _line(250, required=False)
    as_of = blocks.DateBlock(required=False)


LESSON_OWN_IN_TRANSLATION = frozenset(
    ["id", "slug", "title", "summary", "draft_notice"]
)


class FinalTestFacts(blocks.StructBlock):
    """Front matter of ``test.md``; id and address are the same for every test."""

    title = _line(250)
    summary = blocks.TextBlock(required=False, max_length=900)
    intro = blocks.RichTextBlock(required=False, features=BLOCK_FEATURES)
    minutes = blocks.IntegerBlock(min_value=1, max_value=180, default=20)
    per_goal = blocks.IntegerBlock(min_value=1, max_value=10, default=2)
    pass_mark = blocks.IntegerBlock(min_value=1, max_value=100, default=60)
    attempts = blocks.IntegerBlock(required=False, min_value=0, max_value=20, default=0)
    draft_notice = _line(250, required=False)
    as_of = blocks.DateBlock(required=False)


#: What every language shares: whoever changes the language meets the same rules.
FINAL_TEST_RULES = ("minutes", "per_goal", "pass_mark", "attempts")
FINAL_TEST_OWN_IN_TRANSLATION = frozenset(["title", "summary", "intro", "draft_notice"])


class SiteFacts(blocks.StructBlock):
    """``site.yaml``."""

    format = blocks.IntegerBlock(min_value=FORMAT, max_value=FORMAT)
    kind = _choices(["site"])
    id = slug_block()
    locale = _line(12)


class PageFacts(blocks.StructBlock):
    """Front matter of a page of the site."""

    id = slug_block()
    page = _choices(PAGE_KINDS)
    slug = slug_block()
    title = _line(250)
    summary = blocks.TextBlock(required=False, max_length=900)
    headline = _line(160, required=False)
    claim = _line(120, required=False)
    image = ImageChooserBlock(required=False)
    image_alt = _line(400, required=False)
    footer = blocks.BooleanBlock(required=False)
    as_of = blocks.DateBlock(required=False)
    draft_notice = _line(250, required=False)


class TermFacts(blocks.StructBlock):
    """An entry of ``glossary.yaml``."""

    id = slug_block()
    term = _line(120)
    short = blocks.TextBlock(max_length=400)
    more = blocks.RichTextBlock(required=False, features=BLOCK_FEATURES)
    see = blocks.ListBlock(slug_block())


class SharedFacts(blocks.StructBlock):
    """An entry of ``sources.yaml``."""

    id = slug_block()
    title = _line(300)
    publisher = _line(160, required=False)
    url = blocks.URLBlock(required=False, max_length=500)
    accessed = blocks.DateBlock(required=False)
    review = blocks.DateBlock(required=False)
    note = _line(300, required=False)


class CardFacts(blocks.StructBlock):
    """An entry of ``cards.yaml``."""

    id = slug_block()
    title = _line(160)
    summary = blocks.TextBlock(max_length=400)
    as_of = blocks.DateBlock(required=False)
    review = blocks.DateBlock(required=False)
    variants = blocks.ListBlock(VariantBlock(), min_num=1)
    sources = blocks.ListBlock(SharedSourceBlock(required=True))


COURSE, LESSON, FINAL_TEST, SITE, PAGE, TERM, SHARED, CARD = (
    CourseFacts(),
    LessonFacts(),
    FinalTestFacts(),
    SiteFacts(),
    PageFacts(),
    TermFacts(),
    SharedFacts(),
    CardFacts(),
)


def plain(block: blocks.Block, value: Any) -> Any:
    """Return a stored value as models keep it: bare lists, dates as dates."""
    if isinstance(block, blocks.StructBlock):
        value = value or {}
        return {
            name: plain(child, value.get(name))
            for name, child in block.child_blocks.items()
        }
    if isinstance(block, blocks.ListBlock):
        return [plain(block.child_block, list_item(item)) for item in value or []]
    if isinstance(block, blocks.DateBlock) and isinstance(value, str):
        return date.fromisoformat(value)
    if isinstance(block, blocks.FieldBlock) and value is None:
        is_text = isinstance(
            block, blocks.CharBlock | blocks.TextBlock | blocks.URLBlock
        )
        return "" if is_text or isinstance(block, blocks.RichTextBlock) else None
    return value
