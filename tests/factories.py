"""Small worlds for tests, built through the models' own ways."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db.models import Q
from django.utils import timezone
from PIL import Image as Pillow
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock
from wagtail.images.models import Image
from wagtail.models import Locale, Page, Site
from wagtail.signals import page_published

from content.models import HomePage, StepCard
from courses.exercises.grading import Exercise
from courses.exercises.registry import question_types
from courses.models import CourseIndexPage, CoursePage, FinalTestPage, LessonPage
from learnsite.accounts.models import User


def with_second_factor(user: User) -> User:
    """Give somebody the passkey that roles of staff ask for, and return them."""
    Authenticator.objects.create(
        user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "Dienstgerät"}
    )
    return user


@dataclass
class World:
    """A site with a home page and a catalogue in one language."""

    home: HomePage
    index: CourseIndexPage

    def course(self, slug: str = "spuren", **fields: Any) -> CoursePage:
        """Publish a course."""
        values = {
            "title": "Datenspuren lesen",
            "summary": "Wer hinterlässt wo welche Spuren?",
            "topics": ["datengrabbing"],
            "settings": ["schule"],
            "level": "einstieg",
            **fields,
        }
        return published(
            self.index, CoursePage(slug=slug, locale=self.index.locale, **values)
        )


def world(language: str = "de") -> World:
    """Publish a home page and a catalogue; German becomes the site's root.

    What stands in their place goes: Wagtail's welcome, a world of the whole module.
    """
    root = Page.objects.get(depth=1)
    locale, _new = Locale.objects.get_or_create(language_code=language)
    slug = "home" if language == "de" else f"home-{language}"
    in_place = Q(content_type=_plain_page()) | Q(slug=slug)
    for page in Page.objects.filter(in_place, depth=2):
        page.delete()
    root.refresh_from_db()
    home = published(root, HomePage(title="Start", slug=slug, locale=locale))
    if language == "de":
        Site.objects.update_or_create(
            is_default_site=True,
            defaults={"hostname": "localhost", "root_page": home},
        )
    index = published(home, CourseIndexPage(title="Kurse", slug="kurse", locale=locale))
    return World(home, index)


def _plain_page() -> ContentType:
    return ContentType.objects.get_for_model(Page)


def published(parent: Page, page: Any) -> Any:
    """Add a page below another that is public at once.

    Without the revision that editors leave, which takes longer than most tests.
    """
    parent.refresh_from_db()
    page.first_published_at = page.last_published_at = timezone.now()
    parent.add_child(instance=page)
    page_published.send(sender=type(page), instance=page)
    page.refresh_from_db()
    return page


def fresh(page: Any) -> Any:
    """Return a page as it stands in the database, with nothing remembered of it."""
    return type(page).objects.get(pk=page.pk)


def translated(page: Any, language: str = "en", **changed: Any) -> Any:
    """Publish a page in another language, as editors copy it; parents come along."""
    locale, _new = Locale.objects.get_or_create(language_code=language)
    parent = page.get_parent()
    if parent.depth > 1 and not parent.has_translation(locale):
        translated(parent.specific, language)
    copy = page.copy_for_translation(locale)
    for name, value in changed.items():
        setattr(copy, name, value)
    copy.save_revision().publish()
    copy.refresh_from_db()
    return copy


def lesson(
    course: CoursePage,
    slug: str = "tag",
    *,
    body: Sequence[dict[str, Any]] | None = None,
    **fields: Any,
) -> LessonPage:
    """Publish a lesson with a text and one single choice, or with the body given."""
    blocks = [text(), single_choice()] if body is None else list(body)
    values = {"title": "Ein Tag mit Spuren", "summary": "", "minutes": 10, **fields}
    page = LessonPage(slug=slug, locale=course.locale, body=blocks, **values)
    return published(course, page)


GOALS = [
    {"id": "erkennen", "text": "Ich erkenne Spuren."},
    {"id": "handeln", "text": "Ich weiß, was ich tun kann."},
]


def pool(open_items: int = 4, reserved_items: int = 2) -> list[dict[str, Any]]:
    """Return a pool for GOALS whose keys say goal and number: ``handeln-3``.

    In each question the second option is correct.
    """
    return [
        single_choice(
            f"{goal['id']}-{number}",
            question=f"Frage {number} zu {goal['id']}?",
            goal=goal["id"],
            reserved=number > open_items,
            explanation=f"<p>So ist das mit {goal['id']} {number}.</p>",
        )
        for goal in GOALS
        for number in range(1, open_items + reserved_items + 1)
    ]


def final_test(
    course: CoursePage, *, questions: list[dict[str, Any]] | None = None, **fields: Any
) -> FinalTestPage:
    """Publish a final test of a course with GOALS."""
    values = {"title": "Abschlusstest", "per_goal": 2, **fields}
    blocks = pool() if questions is None else questions
    page = FinalTestPage(locale=course.locale, pool=blocks, **values)
    return published(course, page)


def photo(title: str = "Foto", width: int = 1600, height: int = 900) -> Image:
    """Store a photo, as an editor uploads it."""
    out = BytesIO()
    Pillow.new("RGB", (width, height), "teal").save(out, "JPEG")
    file = ContentFile(out.getvalue(), name="foto.jpg")
    return Image.objects.create(title=title, file=file)


def has_picture(block: blocks.Block) -> bool:
    """Say whether a block asks for a picture somewhere."""
    if isinstance(block, blocks.StructBlock):
        return any(map(has_picture, block.child_blocks.values()))
    if isinstance(block, blocks.ListBlock):
        return has_picture(block.child_block)
    return isinstance(block, ImageChooserBlock)


def with_pictures(block: blocks.Block, value: Any) -> Any:
    """Return a value with a stored photo wherever a picture's name stands.

    A photo is stored once under each name.
    """
    if isinstance(block, blocks.StructBlock) and isinstance(value, dict):
        children = block.child_blocks
        return {name: with_pictures(children[name], v) for name, v in value.items()}
    if isinstance(block, ImageChooserBlock) and isinstance(value, str):
        return (Image.objects.filter(title=value).first() or photo(value)).pk
    return value


def step_card(
    key: str, title: str = "Standort ausschalten", **variant: Any
) -> StepCard:
    """Store a German step card for Android."""
    steps = ["<p>Die <b>Einstellungen</b> öffnen.</p>"]
    value = {"system": "android", "version": "", "steps": steps, "note": "", **variant}
    return StepCard.objects.create(
        key=key,
        locale=Locale.objects.get(language_code="de"),
        title=title,
        summary="Apps erfahren dann nicht, wo das Handy ist.",
        as_of=date(2026, 11, 27),
        variants=[{"type": "variant", "value": value}],
    )


def text(html: str = "<p>Lena schaut auf ihr Handy.</p>") -> dict[str, Any]:
    """Return a text block."""
    return {"type": "text", "value": html}


def option(words: str, *, correct: bool = False) -> dict[str, Any]:
    """Return an option of a choice."""
    return {
        "text": words,
        "correct": correct,
        "feedback": f"Warum „{words}“ {'stimmt' if correct else 'nicht stimmt'}.",
    }


def single_choice(key: str = "wetter-app", **fields: Any) -> dict[str, Any]:
    """Return a single choice whose second option is correct."""
    value = {
        "key": key,
        "question": "Womit verdient die Wetter-App Geld?",
        "options": [option("Mit Schirmen"), option("Mit Werbung", correct=True)],
        **fields,
    }
    return {"type": "single_choice", "value": value}


def multiple_choice(key: str = "daten", **fields: Any) -> dict[str, Any]:
    """Return a multiple choice with two correct and two wrong options."""
    value = {
        "key": key,
        "question": "Welche Daten verraten einen Ort?",
        "options": [
            option("WLAN-Namen", correct=True),
            option("Lautstärke"),
            option("GPS", correct=True),
            option("Helligkeit"),
        ],
        **fields,
    }
    return {"type": "multiple_choice", "value": value}


def exercise_of(block: dict[str, Any]) -> Exercise:
    """Return a block of a stream as an exercise that can be graded."""
    definition = question_types()[block["type"]].block().to_python(block["value"])
    key = block["value"]["key"]
    return Exercise(block["type"], key, f"{key}-0a1b2c3d", definition)


def swapped(block: dict[str, Any]) -> dict[str, Any]:
    """Return a choice whose first option is correct now: an edited question."""
    first, second, *others = block["value"]["options"]
    options = [{**first, "correct": True}, {**second, "correct": False}, *others]
    return {**block, "value": {**block["value"], "options": options}}
