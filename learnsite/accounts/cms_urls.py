"""Addresses that stand before Wagtail's own. Included under ``cms/``."""

from django.urls import path
from wagtail.admin.auth import require_admin_access

from .cms_people import AccountView
from .views import cms_door

urlpatterns = [
    # Wagtail's own sign-in stays shut: it knows no limits and no second step.
    path("login/", cms_door, name="cms_door"),
    path("account/", require_admin_access(AccountView.as_view())),
]
