"""App ``courses``: who learns what."""

from django.apps import AppConfig

#: What people leave, take back or lose for good; a restored backup erases it again.
STAY_ERASED = (
    "Organisation", "Group", "Membership", "StaffRole", "GroupTeacher", "ReviewCard",
)  # fmt: skip


class CoursesConfig(AppConfig):
    """The learner's side; its sub-packages and their order stand in the contracts."""

    name = "courses"

    def ready(self) -> None:
        """Register the system checks; listen to what is published."""
        from courses.certificates import checks  # noqa: F401, PLC0415 - apps are ready
        from courses.groups import checks as _of_rooms  # noqa: F401, PLC0415 - ready
        from courses.groups import (  # noqa: F401, PLC0415 - apps are ready
            handing_over,
            ledger,
            managing,
        )
        from courses.progress import services as progress  # noqa: PLC0415 - ready
        from courses.translations import services  # noqa: PLC0415 - apps are ready
        from learnsite.accounts import tombstones  # noqa: PLC0415 - apps are ready

        services.connect()
        ledger.connect()
        # Cards of reviews count as well: switching reviewing off takes back a consent.
        for name in STAY_ERASED:
            tombstones.stays_erased(self.get_model(name))
        tombstones.repeats(progress.ANSWERS, progress.forget_answers_until)
