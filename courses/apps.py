"""App ``courses``: who learns what."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created

#: What people leave, take back or lose for good; a restored backup erases it again.
#: Organisations and employees too, with the evidence that would keep them.
STAY_ERASED = ("Group", "Membership", "StaffRole", "GroupTeacher", "ReviewCard")


class CoursesConfig(AppConfig):
    """The learner's side; its sub-packages and their order stand in the contracts."""

    name = "courses"

    def ready(self) -> None:
        """Register the system checks; listen to what is published."""
        from courses.certificates import checks  # noqa: F401, PLC0415 - apps are ready
        from courses.groups import (  # noqa: F401, PLC0415 - apps are ready
            arriving,
            feeds,
            handing_over,
            ledger,
            managing,
            notices,
        )
        from courses.groups import checks as _of_rooms  # noqa: F401, PLC0415 - ready
        from courses.progress import services as progress  # noqa: PLC0415 - ready
        from courses.review import services as review  # noqa: PLC0415 - as above
        from courses.training import (  # noqa: PLC0415 - as above
            closing,
            invitations,
            spelling,
            taking_back,
        )
        from courses.training import services as training  # noqa: PLC0415 - as above
        from courses.translations import services  # noqa: PLC0415 - apps are ready
        from learnsite.accounts import tombstones  # noqa: PLC0415 - apps are ready

        services.connect()
        ledger.connect()
        connection_created.connect(spelling.teach)
        # Cards of reviews count as well: switching reviewing off takes back a consent.
        for name in STAY_ERASED:
            tombstones.stays_erased(self.get_model(name))
        employee, membership = map(self.get_model, ("Employee", "Membership"))
        organisation = self.get_model("Organisation")
        tombstones.stays_erased(organisation, closing.erase_organisation)
        tombstones.stays_erased(employee, closing.erase_employee)
        tombstones.keeps(feeds.CALENDAR, model=membership, field="feed_hash")
        tombstones.keeps(notices.MAIL, model=membership, field="wants_mail")
        tombstones.keeps(invitations.INVITATION, model=employee, field="invitation")
        # After invitations: who leaves keeps none.
        tombstones.renews(training.PRESENCE, training.let_go_again, model=employee)
        tombstones.renews(training.ADDRESS, training.take_address_again, model=employee)
        tombstones.renews(
            taking_back.TAKEN_BACK,
            taking_back.take_back_again,
            model=self.get_model("Evidence"),
            ids=taking_back.ids_of_confirmed,
        )
        tombstones.repeats(progress.ANSWERS, progress.forget_answers_until)
        tombstones.repeats(review.MEMORY, review.begin_anew_until)
