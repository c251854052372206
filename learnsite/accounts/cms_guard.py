"""The CMS lets nobody in without a second factor, whatever address they ask for."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from .decorators import person_of
from .second_factor import has_second_factor, second_factor_page

Handler = Callable[[HttpRequest], HttpResponse]

CMS = "/cms/"
#: What pages of the site link to for everybody.
DOCUMENTS = "/cms/dokumente/"


def second_factor_for_cms(get_response: Handler) -> Handler:
    """Ask editors for a second factor before any page of the CMS, previews included.

    By path, so that no page added to the CMS can be forgotten. Who has no role there is
    Wagtail's to refuse; signing out is always possible. One statement more for each
    page of the CMS, none for all others.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if _is_guarded(request) and not has_second_factor(person_of(request)):
            return second_factor_page(
                request,
                _(
                    "Whoever edits this site decides what everybody reads. So a "
                    "password alone does not open the editing area."
                ),
            )
        return get_response(request)

    return middleware


def _is_guarded(request: HttpRequest) -> bool:
    path = request.path_info
    return (
        path.startswith(CMS)
        and not path.startswith(DOCUMENTS)
        and path not in (reverse("cms_door"), reverse("wagtailadmin_logout"))
        and request.user.is_authenticated
        and request.user.has_perm("wagtailadmin.access_admin")
    )
