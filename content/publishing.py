"""What happens when pictures and pages go public, or become a translation."""

from typing import Any

from django.db.models.signals import pre_save
from wagtail.images import get_image_model
from wagtail.signals import copy_for_translation_done, page_published

from .chosen import chosen
from .images import strip_on_upload
from .pages.base import SitePage
from .pictures import prepare_renditions


def prepare_page(instance: Any, **_signal: Any) -> None:
    """Make the renditions of a published page, so that no reader waits for them."""
    if isinstance(instance, SitePage):
        prepare_renditions(picture_ids(instance))


def keep_package_id(source_obj: Any, target_obj: Any, **_signal: Any) -> None:
    """Give a new translation the id its original has in packages.

    Wagtail copies neither that nor, for pages below the one that was chosen, anything a
    page's own ``copy`` would add.
    """
    if not isinstance(source_obj, SitePage):
        return
    kept = source_obj.package_id
    type(source_obj).objects.filter(pk=target_obj.pk).update(package_id=kept)
    target_obj.package_id = kept
    if revision := target_obj.latest_revision:
        revision.content["package_id"] = kept
        revision.save(update_fields=["content"])


def picture_ids(page: SitePage) -> set[int]:
    """Return the numbers of the pictures in a page's streams and in its own fields."""
    model = get_image_model()
    found: set[int | None] = {
        number
        for _name, stream in page.streams()
        for number in chosen(stream.stream_block, list(stream.raw_data))
    }
    found |= {
        field.value_from_object(page)
        for field in page._meta.concrete_fields
        if field.related_model is model
    }
    return {number for number in found if number}


def connect() -> None:
    """Listen; called once when the app is ready."""
    uid = "content.publishing"
    pre_save.connect(strip_on_upload, sender=get_image_model(), dispatch_uid=uid)
    page_published.connect(prepare_page, dispatch_uid=uid)
    copy_for_translation_done.connect(keep_package_id, dispatch_uid=uid)
