"""All models of the app, whatever sub-package they live in."""

from courses.catalogue.models import (
    CourseIndexPage,
    CoursePage,
    FinalTestPage,
    LessonPage,
)
from courses.certificates.models import Certificate
from courses.groups.dates import Announcement, Meeting
from courses.groups.models import (
    Access,
    Group,
    GroupTally,
    GroupTask,
    GroupTeacher,
    Membership,
    Organisation,
    SharedFact,
    StaffRole,
)
from courses.progress.models import Attempt, Enrolment, FinalTest, LessonProgress
from courses.review.models import ReviewCard
from courses.training.models import Assigned, Assignment, Employee, Evidence, Unit
from courses.translations.models import TranslatedPage

__all__ = [
    "Access",
    "Announcement",
    "Assigned",
    "Assignment",
    "Attempt",
    "Certificate",
    "CourseIndexPage",
    "CoursePage",
    "Employee",
    "Enrolment",
    "Evidence",
    "FinalTest",
    "FinalTestPage",
    "Group",
    "GroupTally",
    "GroupTask",
    "GroupTeacher",
    "LessonPage",
    "LessonProgress",
    "Meeting",
    "Membership",
    "Organisation",
    "ReviewCard",
    "SharedFact",
    "StaffRole",
    "TranslatedPage",
    "Unit",
]
