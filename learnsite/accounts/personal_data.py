"""Personal data of accounts, sign-in and the CMS."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from .registry import Text, declare

YOUR_ACCOUNT = _("Your wish to have an account (Art. 6 (1) (b) GDPR).")
SAFE_OPERATION = _("Safe operation of the site (Art. 6 (1) (e) or (f) GDPR).")
EDITORIAL_WORK = _("Your work in the editorial office (Art. 6 (1) (b) or (e) GDPR).")
ONLY_YOU = _("Only you and, where unavoidable, those who run the server.")
EDITORS = _("People with a role in the CMS.")
WITH_ACCOUNT = _("Until you erase your account.")


def _night(moment: datetime) -> str:
    """Return the end of a session: always the same hour, so the day says it all."""
    return date_format(timezone.localtime(moment).date(), "DATE_FORMAT")


# --- The account ---

declare(
    "accounts.User",
    owner="pk",
    title=_("Your account"),
    purpose=_("To open your account again, on any device."),
    basis=YOUR_ACCOUNT,
    seen_by=ONLY_YOU,
    until=_(
        "Until you erase your account; an account that has only a learning "
        "key is also erased 24 months after its last use."
    ),
    fields={
        "display_name": _("Display name"),
        "username": _("User name"),
        "email": _("E-mail address"),
        "password": _("Password"),
        "key_hash": _("Learning key"),
        "picture_pin": _("Picture PIN"),
        "joined": _("Month of joining"),
        "last_login": _("Month of the last sign-in"),
        "is_active": _("Account is switched on"),
    },
    secret=("password", "key_hash", "picture_pin"),
    months=("joined", "last_login"),
    order=-30,
)
declare(
    "accounts.User",
    owner="pk",
    title=_("Your rights on this site"),
    purpose=_("To decide who may change the site."),
    basis=SAFE_OPERATION,
    seen_by=EDITORS,
    until=WITH_ACCOUNT,
    fields={
        "is_staff": _("May edit texts of this site"),
        "is_superuser": _("May run the whole site"),
        "groups": _("Roles in the editorial office"),
        "user_permissions": _("Further rights"),
    },
    order=-29,
)
declare(
    "account.EmailAddress",
    owner="user",
    title=_("Your e-mail addresses"),
    purpose=_("To let you set a new password, and to tell you of changes to sign-in."),
    basis=YOUR_ACCOUNT,
    seen_by=ONLY_YOU,
    until=_("Until you remove the address or erase your account."),
    fields={
        "email": _("E-mail address"),
        "verified": _("Confirmed"),
        "primary": _("Used for messages"),
    },
    order=-28,
)
declare(
    "account.EmailConfirmation",
    owner="email_address__user",
    title=_("Confirmations of an address on their way"),
    purpose=_(
        "To check that an address is yours. This site keeps none in its database."
    ),
    basis=YOUR_ACCOUNT,
    seen_by=ONLY_YOU,
    until=_("Until the address is confirmed."),
    fields={
        "created": _("Created"),
        "sent": _("Sent"),
        "key": _("Confirmation code"),
    },
    secret=("key",),
    order=90,
)
declare(
    "mfa.Authenticator",
    owner="user",
    title=_("Passkeys and second steps"),
    purpose=_("To let you sign in with a passkey or a second step."),
    basis=YOUR_ACCOUNT,
    seen_by=ONLY_YOU,
    until=_("Until you remove them or erase your account."),
    fields={
        "type": _("Kind"),
        "data": _("Public key or secret"),
        "created_at": _("Day it was set up"),
        "last_used_at": _("Day of the last use"),
    },
    secret=("data",),
    order=-27,
)
declare(
    "accounts.WaitingMail",
    owner="user",
    title=_("Mails to you that have not been sent yet"),
    purpose=_("To tell you what this site announces."),
    basis=SAFE_OPERATION,
    seen_by=ONLY_YOU,
    until=_("Until the mail is sent, at most seven days."),
    fields={"subject": _("Subject"), "body": _("Text"), "day": _("Day")},
    order=91,
)
declare(
    "accounts.Session",
    owner="user",
    title=_("Where you are signed in"),
    purpose=_("To keep you signed in from page to page."),
    basis=YOUR_ACCOUNT,
    seen_by=ONLY_YOU,
    until=_(
        "Until you sign out or close the browser; at most 14 days if you chose to stay "
        "signed in."
    ),
    fields={
        "session_data": _("What is remembered until you sign out"),
        "expire_date": _("Ends in the night before"),
    },
    secret=("session_data",),
    formatters={"expire_date": _night},
    order=-26,
)

# --- The CMS: only for people who write for this site ---

CONTENT_STAYS = _("What you wrote stays; your name goes when you erase your account.")

declare(
    "wagtailusers.UserProfile",
    owner="user",
    title=_("Your settings in the CMS"),
    purpose=_("To show the CMS as you like it."),
    basis=EDITORIAL_WORK,
    seen_by=EDITORS,
    until=WITH_ACCOUNT,
    fields={
        "submitted_notifications": _("Notice of submitted pages"),
        "approved_notifications": _("Notice of approved pages"),
        "rejected_notifications": _("Notice of rejected pages"),
        "updated_comments_notifications": _("Notice of comments"),
        "preferred_language": _("Language of the CMS"),
        "current_time_zone": _("Time zone"),
        "avatar": _("Picture"),
        "dismissibles": _("Hints already closed"),
        "theme": _("Colours"),
        "contrast": _("Contrast"),
        "density": _("Density"),
        "keyboard_shortcuts": _("Keyboard shortcuts"),
    },
    order=50,
)


def _declare_authorship(
    model: str, owner: str, title: Text, label: Text, order: int
) -> None:
    declare(
        model,
        owner=owner,
        title=title,
        purpose=_("To show in the editorial office who did what."),
        basis=EDITORIAL_WORK,
        seen_by=EDITORS,
        until=CONTENT_STAYS,
        fields={owner: label},
        content=True,
        order=order,
    )


for _model, _owner, _title, _label in (
    ("wagtailcore.Page", "owner", _("Pages you created"), _("Created by")),
    ("wagtailcore.Page", "locked_by", _("Pages you locked"), _("Locked by")),
    ("wagtailcore.Revision", "user", _("Versions you saved"), _("Saved by")),
    ("wagtailcore.PageLogEntry", "user", _("Your steps on pages"), _("Done by")),
    ("wagtailcore.ModelLogEntry", "user", _("Your other steps"), _("Done by")),
    (
        "wagtailcore.WorkflowState",
        "requested_by",
        _("Approvals you asked for"),
        _("Asked for by"),
    ),
    (
        "wagtailcore.TaskState",
        "finished_by",
        _("Approvals you gave or refused"),
        _("Decided by"),
    ),
    (
        "wagtailcore.UploadedFile",
        "uploaded_by_user",
        _("Files you are uploading"),
        _("Uploaded by"),
    ),
    (
        "wagtailimages.Image",
        "uploaded_by_user",
        _("Pictures you uploaded"),
        _("Uploaded by"),
    ),
    (
        "wagtaildocs.Document",
        "uploaded_by_user",
        _("Files you uploaded"),
        _("Uploaded by"),
    ),
):
    _declare_authorship(_model, _owner, _title, _label, 60)

declare(
    "wagtailcore.Comment",
    owner="user",
    title=_("Your comments in the CMS"),
    purpose=_("To talk about a text while writing it."),
    basis=EDITORIAL_WORK,
    seen_by=EDITORS,
    until=WITH_ACCOUNT,
    fields={
        "page": _("Page"),
        "text": _("Text"),
        "contentpath": _("Field"),
        "position": _("Place"),
        "created_at": _("Written"),
        "updated_at": _("Changed"),
        "revision_created": _("Version"),
        "resolved_at": _("Settled"),
    },
    order=70,
)
declare(
    "wagtailcore.Comment",
    owner="resolved_by",
    title=_("Comments you settled"),
    purpose=_("To show who settled a comment."),
    basis=EDITORIAL_WORK,
    seen_by=EDITORS,
    until=CONTENT_STAYS,
    fields={"resolved_by": _("Settled by")},
    order=71,
)
declare(
    "wagtailcore.CommentReply",
    owner="user",
    title=_("Your answers to comments"),
    purpose=_("To talk about a text while writing it."),
    basis=EDITORIAL_WORK,
    seen_by=EDITORS,
    until=WITH_ACCOUNT,
    fields={
        "comment": _("Comment"),
        "text": _("Text"),
        "created_at": _("Written"),
        "updated_at": _("Changed"),
    },
    order=72,
)
declare(
    "wagtailcore.PageSubscription",
    owner="user",
    title=_("Pages whose comments you follow"),
    purpose=_("To send you a message about new comments."),
    basis=EDITORIAL_WORK,
    seen_by=ONLY_YOU,
    until=WITH_ACCOUNT,
    fields={"page": _("Page"), "comment_notifications": _("Notice of comments")},
    order=73,
)
declare(
    "wagtailadmin.EditingSession",
    owner="user",
    title=_("Pages you have open in the CMS right now"),
    purpose=_("To warn when two people edit the same page."),
    basis=EDITORIAL_WORK,
    seen_by=EDITORS,
    until=_("At most an hour after you leave the page."),
    fields={
        "content_type": _("Kind"),
        "object_id": _("Number"),
        "last_seen_at": _("Last seen"),
        "is_editing": _("Has unsaved changes"),
    },
    order=74,
)
declare(
    "wagtailadmin.FormState",
    owner="user",
    title=_("Drafts of forms in the CMS"),
    purpose=_("To show a preview of what you are writing."),
    basis=EDITORIAL_WORK,
    seen_by=ONLY_YOU,
    until=_("Until a day after you stop writing, or until you erase your account."),
    fields={
        "data": _("What stands in the form"),
        "content_type": _("Kind"),
        "object_id": _("Number"),
        "parent_object_id": _("Number of the page above"),
        "last_updated_at": _("Changed"),
    },
    order=75,
)
