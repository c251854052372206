"""Addresses that stand before Wagtail's own. Included under ``cms/``."""

from django.urls import path
from django.views.generic import RedirectView
from wagtail.admin.auth import require_admin_access

from .cms_people import AccountView

urlpatterns = [
    # One door: allauth's, with its limits and its second step.
    path(
        "login/",
        RedirectView.as_view(pattern_name="account_login", query_string=True),
    ),
    path("account/", require_admin_access(AccountView.as_view())),
]
