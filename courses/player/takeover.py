"""The progress found on a device: what it holds and how it leaves the device."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from courses.catalogue.models import CoursePage, LessonPage
from courses.progress import cookie
from courses.progress.merging import KnownLesson


def waiting_record(request: HttpRequest) -> cookie.Record:
    """Return what the progress cookie of a request holds; empty without one."""
    return cookie.loads(request.COOKIES.get(settings.PROGRESS_COOKIE_NAME, ""))


def forget_device_progress(response: HttpResponse) -> None:
    """Remove the progress cookie: its content lies in the account now."""
    response.delete_cookie(settings.PROGRESS_COOKIE_NAME, samesite="Lax")


def known_lessons() -> list[KnownLesson]:
    """Return every lesson there is in any language, unpublished ones included.

    One statement for the lessons, one for their courses.
    """
    lessons = list(
        LessonPage.objects.values_list("path", "translation_key", "exercise_keys")
    )
    courses = dict(CoursePage.objects.values_list("path", "translation_key"))
    return [
        KnownLesson(key, courses[path[: -LessonPage.steplen]], tuple(exercise_keys))
        for path, key, exercise_keys in lessons
        if path[: -LessonPage.steplen] in courses
    ]
