"""All models of the app, whatever sub-package they live in."""

from courses.catalogue.models import (
    CourseIndexPage,
    CoursePage,
    FinalTestPage,
    LessonPage,
)
from courses.certificates.models import Certificate
from courses.progress.models import Attempt, Enrolment, FinalTest, LessonProgress
from courses.review.models import ReviewCard
from courses.translations.models import TranslatedPage

__all__ = [
    "Attempt",
    "Certificate",
    "CourseIndexPage",
    "CoursePage",
    "Enrolment",
    "FinalTest",
    "FinalTestPage",
    "LessonPage",
    "LessonProgress",
    "ReviewCard",
    "TranslatedPage",
]
