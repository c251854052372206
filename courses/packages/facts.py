"""The facts of a text become the fields of its page."""

from typing import Any

from content.pages.models import HomePage, LegalPage
from courses.catalogue.models import CoursePage, FinalTestPage, LessonPage

from .media import MediaStore
from .package import Text
from .schema import FINAL_TEST_RULES


def set_facts(page: Any, text: Text, media: MediaStore) -> None:
    """Give a page the facts of a text; its streams and links come later."""
    facts = text.facts
    page.package_id = text.id
    page.slug, page.title = facts["slug"], facts["title"]
    page.summary = facts["summary"]
    page.as_of, page.draft_notice = facts["as_of"], facts["draft_notice"]
    if isinstance(page, LessonPage):
        page.minutes, page.goals = facts["minutes"], facts["goals"]
        return
    if isinstance(page, FinalTestPage):
        for name in FINAL_TEST_RULES:
            setattr(page, name, facts[name])
        return
    if isinstance(page, CoursePage):
        _set_course_facts(page, facts, media)
        return
    page.in_footer = bool(facts["footer"])
    if isinstance(page, LegalPage):
        page.kind = facts["page"]
    if isinstance(page, HomePage):
        for name in ("headline", "claim", "image_alt"):
            setattr(page, name, facts[name])
        page.image_id = _image_number(media, facts["image"])


def _set_course_facts(
    page: CoursePage, facts: dict[str, Any], media: MediaStore
) -> None:
    for name in (
        "audience", "address", "topics", "settings", "level", "goals",
        "competences", "licence", "authors", "image_alt", "review", "valid_months",
        "changes",
    ):  # fmt: skip
        setattr(page, name, facts[name])
    page.sources = [
        {
            **source,
            "accessed": source["accessed"] and source["accessed"].isoformat(),
        }
        for source in facts["sources"]
    ]
    page.image_id = _image_number(media, facts["image"])


def _image_number(media: MediaStore, name: str | None) -> int | None:
    return media.number("image", name) if name else None
