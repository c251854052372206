"""The name of the site, as mails, passkeys and exports give it."""

from django.conf import settings
from django.utils.module_loading import import_string


def site_name() -> str:
    """Return the name that editors gave the site.

    Accounts know nothing of the CMS's content, so a setting says who knows the name.
    """
    return str(import_string(settings.SITE_NAME_FROM)())
