"""Putting foreign questions into a lesson's draft; nothing is published."""

import json
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.images import get_image_model
from wagtail.images.permissions import permission_policy
from wagtail.models import Collection

from courses.catalogue.models import LessonPage
from courses.exercises.registry import question_types

from ..files import digest
from ..values import errors_of
from .results import Picture, Question
from .words import SIDES


def add_questions(
    *, lesson: LessonPage, questions: Iterable[Question], user: Any = None
) -> LessonPage:
    """Append questions to the newest draft of a lesson, as one new revision.

    What is published stays as it is. Each exercise gets an id of its own, each new
    picture a place in the first collection that ``user`` may add to; where there is
    none, pictures stay away.
    """
    draft: LessonPage = lesson.get_latest_revision_as_object()
    collection = collection_for(user)
    with new_pictures() as written, transaction.atomic():
        raw = list(draft.body.get_prep_value())
        for each in questions:
            for picture in each.pictures if collection else ():
                image = _image(picture, collection, user, written)
                raw.append(_block("image", {"image": image.pk, "alt": picture.alt}))
            raw.append(_block(each.type_name, each.value))
        draft.body = json.dumps(raw)  # type: ignore[assignment]
        draft.settle_keys()
        draft.save_revision(user=user, log_action=True)
    return draft


def collection_for(user: Any) -> Collection | None:
    """Return where somebody's pictures go; the command's go to the root."""
    if user is None:
        return Collection.get_first_root_node()
    found: Collection | None = permission_policy.collections_user_has_permission_for(
        user, "add"
    ).first()
    return found


@contextmanager
def new_pictures() -> Iterator[list[Any]]:
    """Yield a list for new pictures, whose files go if their rows do."""
    written: list[Any] = []
    try:
        yield written
    except Exception:
        for image in written:
            image.file.storage.delete(image.file.name)
        raise


def _image(
    picture: Picture, collection: Collection | None, user: Any, written: list[Any]
) -> Any:
    """Return a picture of the CMS; the same content in a collection is kept once."""
    model = get_image_model()
    mark = digest(picture.content)
    known = model.objects.filter(file_hash=mark, collection=collection).first()
    if known is not None:
        return known
    image = model(
        title=picture.name,
        description=picture.alt[:255],
        file=ContentFile(picture.content, name=picture.name),
        file_size=len(picture.content),
        file_hash=mark,
        collection=collection,
        uploaded_by_user=user,
    )
    image.save()
    written.append(image)
    return image


def _block(name: str, value: dict[str, Any]) -> dict[str, Any]:
    return {"type": name, "value": value, "id": str(uuid.uuid4())}


def still_missing(question: Question) -> list[str]:
    """Return what the editor's form would refuse, besides missing feedback."""
    block = question_types()[question.type_name].block()
    try:
        block.clean(block.to_python(question.value))
    except ValidationError as error:
        found = errors_of(error, block, ())
        return [
            _("“%(field)s”: %(message)s")
            % {"field": getattr(at, "label", "") or path[-1], "message": message}
            for path, at, message in found
            if path and path[-1] != "feedback" and path not in {(n,) for n in SIDES}
        ]
    return []
