"""Personal data of learning: what is kept of a learner, what for, and how long."""

from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from courses.groups.titles import role_name
from courses.player.device import certificates_section, device_section
from courses.player.naming import (
    chosen_options,
    course_title,
    drawn_questions,
    exercise_question,
    exercise_version,
    goal_text,
    lesson_title,
    place_in_lesson,
    shared_object,
)
from learnsite.accounts.registry import declare, visitor_sections

YOUR_ACCOUNT = _("Your wish to have an account (Art. 6 (1) (b) GDPR).")
ONLY_YOU = _("Only you and, where unavoidable, those who run the server.")
WITH_ACCOUNT = _("Until you erase your account.")


def _rounded(number: float) -> str:
    """Return a number of the memory model to one place, as people use numbers."""
    return number_format(round(number, 1), decimal_pos=1)


declare(
    "courses.Enrolment",
    owner="user",
    title=_("Courses begun"),
    purpose=_("To let you continue where you left off."),
    basis=YOUR_ACCOUNT,
    seen_by=ONLY_YOU,
    until=WITH_ACCOUNT,
    fields={
        "course_key": _("Course"),
        "place_lesson": _("Lesson to continue with"),
        "place_block": _("Place in the lesson"),
        "day": _("Day"),
    },
    formatters={"course_key": course_title, "place_lesson": lesson_title},
    row_formatters={"place_block": place_in_lesson},
    order=10,
)
declare(
    "courses.LessonProgress",
    owner="user",
    title=_("Lessons started and done"),
    purpose=_("To show you how far you have come."),
    basis=YOUR_ACCOUNT,
    seen_by=ONLY_YOU,
    until=WITH_ACCOUNT,
    fields={
        "lesson_key": _("Lesson"),
        "state": _("State"),
        "day": _("Day"),
    },
    formatters={"lesson_key": lesson_title},
    order=11,
)
declare(
    "courses.Attempt",
    owner="user",
    title=_("Answers to exercises"),
    purpose=_("To show you your last answer and your best result again."),
    basis=YOUR_ACCOUNT,
    seen_by=ONLY_YOU,
    until=WITH_ACCOUNT,
    fields={
        "lesson_key": _("Lesson"),
        "exercise_key": _("Exercise"),
        "answer": _("Last answer"),
        "fingerprint": _("Version of the exercise"),
        "score": _("Last result in per cent"),
        "best": _("Best result in per cent"),
        "day": _("Day"),
    },
    formatters={"lesson_key": lesson_title, "answer": chosen_options},
    row_formatters={
        "exercise_key": exercise_question,
        "fingerprint": exercise_version,
    },
    order=12,
)

declare(
    "courses.FinalTest",
    owner="user",
    title=_("Final tests"),
    purpose=_("To let you interrupt a test, see its result and prove that you passed."),
    basis=YOUR_ACCOUNT,
    seen_by=ONLY_YOU,
    until=WITH_ACCOUNT,
    fields={
        "course_key": _("Course"),
        "run": _("Random number of the last attempt"),
        "items": _("Questions of the last attempt"),
        "handed_in": _("Handed in"),
        "pass_mark": _("Per cent needed to pass"),
        "run_version": _("As-of date of the course at the last attempt"),
        "version": _("As-of date of the course"),
        "attempts": _("Attempts handed in"),
        "best": _("Best result in per cent"),
        "passed_day": _("Passed on"),
        "passed_score": _("Passed with per cent"),
        "passed_version": _("Passed on the course as of"),
    },
    formatters={"course_key": course_title},
    row_formatters={"items": drawn_questions},
    order=13,
)

declare(
    "courses.ReviewCard",
    owner="user",
    title=_("Reviews"),
    purpose=_("To ask each topic again when it is due."),
    basis=_("Your click on “Switch reviewing on” (Art. 6 (1) (a) GDPR)."),
    seen_by=ONLY_YOU,
    until=_("Until reviewing is switched off or the account is erased."),
    fields={
        "course_key": _("Course"),
        "goal": _("Learning goal"),
        "due": _("Next day"),
        "last_review": _("Day of the last review"),
        "stability": _("Days until it fades"),
        "difficulty": _("Difficulty (1 to 10)"),
        "last_item": _("Number of the last question"),
    },
    formatters={
        "course_key": course_title,
        "stability": _rounded,
        "difficulty": _rounded,
    },
    row_formatters={"goal": goal_text},
    order=14,
)

# --- Groups ---

AGREED_ON = _(
    "What your group agreed on before you joined, and your click on “Join” "
    "(Art. 6 (1) (a), in schools and administrations (e) GDPR)."
)
TEACHERS = _("Those who lead the group, and you.")
WITH_GROUP = _("Until you leave the group; at the latest when the group is erased.")

declare(
    "courses.Membership",
    owner="user",
    title=_("Groups you take part in"),
    purpose=_("To show you and your teacher what you do together."),
    basis=AGREED_ON,
    seen_by=TEACHERS,
    until=WITH_GROUP,
    fields={
        "group": _("Group"),
        "number": _("Number"),
        "pseudonym": _("Name in the group"),
        "rerolls": _("How often another name was drawn"),
        "has_card": _("Came by a printed card"),
        "card_renewed": _("Card issued anew on"),
        "counts": _("Counts as somebody who came on their own"),
        "feed_hash": _("Secret address of the calendar"),
        "wants_mail": _("Mail about this group was asked for"),
    },
    secret=("feed_hash",),
    order=15,
)
declare(
    "courses.SharedFact",
    owner="membership__user",
    title=_("What your groups know"),
    purpose=_("To show those who lead exactly what the group agreed on."),
    basis=AGREED_ON,
    seen_by=TEACHERS,
    until=WITH_GROUP,
    fields={
        "object_key": _("What it is about"),
        "state": _("State"),
        "month": _("Month"),
    },
    months=("month",),
    formatters={"object_key": shared_object},
    order=16,
)
declare(
    "courses.Access",
    owner="membership__user",
    title=_("Who looked at what your groups know"),
    purpose=_("To let you see who looked."),
    basis=_("Accountability (Art. 5 (2) GDPR)."),
    seen_by=ONLY_YOU,
    until=_("90 days; at the latest until you leave the group."),
    fields={"role": _("Role"), "day": _("Day")},
    formatters={"role": role_name},
    order=17,
)
declare(
    "courses.StaffRole",
    owner="user",
    title=_("Your roles in organisations"),
    purpose=_("To let you open groups or look after them."),
    basis=_("Your work for the organisation (Art. 6 (1) (b) or (e) GDPR)."),
    seen_by=_("The managers of the organisation, and you."),
    until=_("Until a manager ends the role or you erase your account."),
    fields={"organisation": _("Organisation"), "role": _("Role")},
    order=18,
)
declare(
    "courses.GroupTeacher",
    owner="user",
    title=_("Groups you lead"),
    purpose=_("To show you the groups you lead."),
    basis=_("Your work for the organisation (Art. 6 (1) (b) or (e) GDPR)."),
    seen_by=_("The managers of the organisation, the members of the group, and you."),
    until=_("Until the group is erased."),
    fields={"group": _("Group")},
    order=19,
)

visitor_sections += [device_section, certificates_section]
