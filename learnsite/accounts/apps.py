"""App ``accounts``: who someone is."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Registers checks, personal data, and cuts what would be stored too finely."""

    name = "learnsite.accounts"
    label = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        """Connect what needs loaded models."""
        from . import checks, erasure, signals, tombstones  # noqa: F401, PLC0415 - need models

        signals.connect()
        user = self.get_model("User")
        tombstones.stays_erased(user)
        tombstones.renews(tombstones.KEY, tombstones.give_key, model=user, ends=False)
        autodiscover_modules("personal_data")
