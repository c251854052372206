"""What happens when pictures and pages go public."""

from typing import Any

from django.db.models.signals import pre_save
from wagtail.images import get_image_model
from wagtail.signals import page_published

from .images import strip_on_upload
from .pages.base import SitePage
from .pictures import prepare_renditions


def prepare_page(instance: Any, **_signal: Any) -> None:
    """Make the renditions of a published page, so that no reader waits for them."""
    if isinstance(instance, SitePage):
        prepare_renditions(stream for _name, stream in instance.streams())


def connect() -> None:
    """Listen; called once when the app is ready."""
    uid = "content.publishing"
    pre_save.connect(strip_on_upload, sender=get_image_model(), dispatch_uid=uid)
    page_published.connect(prepare_page, dispatch_uid=uid)
