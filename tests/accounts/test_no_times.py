"""No table tells when in the day somebody learned: every time stands on a list."""

from django.apps import apps
from django.db import models

EDITORIAL = "editors' work, a declared exception"

ALLOWED_TIMES = {
    "accounts.Session.expire_date": "rounded up to a fixed hour of the night",
    "accounts.User.last_login": "cut to the first of the month",
    "accounts.Upkeep.since": "the operator's: when the site was set up",
    "accounts.Upkeep.succeeded": "the operator's: when housekeeping last ran",
    "account.EmailConfirmation.created": "never written: confirmations are signed",
    "account.EmailConfirmation.sent": "never written: confirmations are signed",
    "courses.Meeting.begins": "a timetable that a teacher typed in; tells of nobody",
    "courses.Meeting.ends": "the same",
    "mfa.Authenticator.created_at": "cut to the day",
    "mfa.Authenticator.last_used_at": "cut to the day",
    "sessions.Session.expire_date": "an unused table",
    "wagtailadmin.EditingSession.last_seen_at": EDITORIAL,
    "wagtailadmin.FormState.last_updated_at": EDITORIAL,
    "wagtailcore.Comment.created_at": EDITORIAL,
    "wagtailcore.Comment.resolved_at": EDITORIAL,
    "wagtailcore.Comment.updated_at": EDITORIAL,
    "wagtailcore.CommentReply.created_at": EDITORIAL,
    "wagtailcore.CommentReply.updated_at": EDITORIAL,
    "wagtailcore.ModelLogEntry.timestamp": EDITORIAL,
    "wagtailcore.Page.expire_at": EDITORIAL,
    "wagtailcore.Page.first_published_at": EDITORIAL,
    "wagtailcore.Page.go_live_at": EDITORIAL,
    "wagtailcore.Page.last_published_at": EDITORIAL,
    "wagtailcore.Page.latest_revision_created_at": EDITORIAL,
    "wagtailcore.Page.locked_at": EDITORIAL,
    "wagtailcore.PageLogEntry.timestamp": EDITORIAL,
    "wagtailcore.Revision.approved_go_live_at": EDITORIAL,
    "wagtailcore.Revision.created_at": EDITORIAL,
    "wagtailcore.TaskState.finished_at": EDITORIAL,
    "wagtailcore.TaskState.started_at": EDITORIAL,
    "wagtailcore.WorkflowState.created_at": EDITORIAL,
    "wagtaildocs.Document.created_at": EDITORIAL,
    "wagtailembeds.Embed.cache_until": "an unused table",
    "wagtailembeds.Embed.last_updated": "an unused table",
    "wagtailimages.Image.created_at": EDITORIAL,
    "wagtailredirects.Redirect.created_at": EDITORIAL,
}


def test_every_stored_time_is_accounted_for():
    found = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.local_fields
        if isinstance(field, models.DateTimeField | models.TimeField)
    }

    assert found == set(ALLOWED_TIMES)


def test_no_table_keeps_addresses_of_devices_or_browsers():
    telling = {"ip", "agent", "useragent", "remote", "host"}
    found = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.local_fields
        if isinstance(field, models.GenericIPAddressField)
        or telling & set(field.name.split("_"))
    ]

    assert found == []
