"""The progress found on a device: what it holds and how it leaves the device."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from courses.catalogue.keys import lab_key
from courses.catalogue.models import CoursePage, LessonPage
from courses.progress import cookie, run_cookie
from courses.progress.merging import KnownLesson, merge_record
from courses.progress.run_cookie import Standings
from courses.progress.spent import give_away, without_spent
from courses.review import cookie as review_cookie
from courses.review.queries import CardKey
from courses.review.rememberers import device_cards, merge_cards
from courses.review.schedule import Memory


@dataclass(frozen=True)
class Waiting:
    """What the cookies of a device hold; false where there is nothing."""

    record: cookie.Record
    tests: Standings
    cards: dict[review_cookie.ShortKey, Memory]

    def __bool__(self) -> bool:
        return bool(self.record or self.tests or self.cards)


def waiting_progress(request: HttpRequest) -> Waiting:
    """Return what the device of a request brought along."""
    tests = request.COOKIES.get(settings.TESTS_COOKIE_NAME, "")
    return Waiting(
        cookie.loads(request.COOKIES.get(settings.PROGRESS_COOKIE_NAME, "")),
        without_spent(run_cookie.loads(tests)),
        device_cards(request),
    )


def merge_waiting(*, user: Any, waiting: Waiting) -> None:
    """Add a device's progress to an account; the cookies stay until they are removed.

    See :func:`merge_record`. An open run of a final test goes on in the account alone.
    """
    merge_record(
        user=user,
        record=waiting.record,
        tests=waiting.tests,
        lessons=known_lessons(),
    )
    if waiting.cards:
        merge_cards(user=user, cards=waiting.cards, known=known_goals())
    give_away(waiting.tests)


def forget_device_progress(response: HttpResponse) -> None:
    """Remove the cookies of a device: their content lies in the account now."""
    for name in (
        settings.PROGRESS_COOKIE_NAME,
        settings.TESTS_COOKIE_NAME,
        settings.REVIEW_COOKIE_NAME,
    ):
        response.delete_cookie(name, samesite="Lax")


def known_lessons() -> list[KnownLesson]:
    """Return every lesson there is in any language, unpublished ones included.

    One statement for the lessons, one for their courses.
    """
    lessons = list(
        LessonPage.objects.values_list(
            "path", "translation_key", "exercise_keys", "lab_names"
        )
    )
    courses = dict(CoursePage.objects.values_list("path", "translation_key"))
    return [
        KnownLesson(
            key, courses[path[: -LessonPage.steplen]], (*exercises, *map(lab_key, labs))
        )
        for path, key, exercises, labs in lessons
        if path[: -LessonPage.steplen] in courses
    ]


def known_goals() -> list[CardKey]:
    """Return every goal of every course, unpublished ones included: one statement."""
    courses = CoursePage.objects.values_list("translation_key", "goals")
    return [(key, goal["id"]) for key, goals in courses for goal in goals]
