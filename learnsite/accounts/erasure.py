"""What must happen before an account goes, beyond cascading foreign keys.

Wagtail keeps the author's number in places that no foreign key guards: its log tables
(``DO_NOTHING``, so that a log outlives people) and the JSON of page revisions. What an
editor wrote stays; who wrote it goes.
"""

import json
from functools import partial
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model, Q, QuerySet, TextField
from django.db.models.functions import Cast
from wagtail.models import ModelLogEntry, PageLogEntry, ReferenceIndex, Revision
from wagtail.users.models import UserProfile

from .models import User
from .registry import on_erase


@on_erase
def forget_in_logs(user: User) -> None:
    """Take the person out of Wagtail's logs; entries about the account go."""
    PageLogEntry.objects.filter(user_id=user.pk).update(user=None)
    ModelLogEntry.objects.filter(_about(user)).delete()
    ModelLogEntry.objects.filter(user_id=user.pk).update(user=None)
    for model in (PageLogEntry, ModelLogEntry):
        for entry in _rows_naming(model, "data", user):
            model.objects.filter(pk=entry.pk).update(data=without(entry.data, user))


@on_erase
def forget_in_references(user: User) -> None:
    """Take the account out of Wagtail's index of references."""
    content_type = ContentType.objects.get_for_model(User)
    ReferenceIndex.objects.filter(
        Q(content_type=content_type, object_id=str(user.pk))
        | Q(to_content_type=content_type, to_object_id=str(user.pk))
    ).delete()


@on_erase
def forget_in_revisions(user: User) -> None:
    """Replace the person in the stored versions of pages by nobody."""
    for revision in _rows_naming(Revision, "content", user):
        Revision.objects.filter(pk=revision.pk).update(
            content=without(revision.content, user)
        )


@on_erase
def forget_picture(user: User) -> None:
    """Delete the picture from the CMS; rows take no files along."""
    for profile in UserProfile.objects.filter(user=user).exclude(avatar=""):
        storage, name = profile.avatar.storage, profile.avatar.name
        transaction.on_commit(partial(storage.delete, name))


def without(data: Any, user: User) -> Any:
    """Return JSON data with each mention of the account's number set to null.

    Editors' comments by this person are left out altogether: their words are theirs.
    """
    number = str(user.pk)
    if isinstance(data, dict):
        return {key: without(value, user) for key, value in data.items()}
    if isinstance(data, list):
        return [without(item, user) for item in data if not _is_remark(item, number)]
    return None if data == number else data


def _is_remark(item: Any, number: str) -> bool:
    return isinstance(item, dict) and "text" in item and item.get("user") == number


def _about(user: User) -> Q:
    content_type = ContentType.objects.get_for_model(User)
    return Q(content_type=content_type, object_id=str(user.pk))


def _rows_naming(model: type[Model], field: str, user: User) -> QuerySet:
    # JSON is compared as text: both databases keep the number readable in it.
    needle = json.dumps(str(user.pk)).strip('"')
    return model._base_manager.annotate(as_text=Cast(field, TextField())).filter(
        as_text__contains=needle
    )
