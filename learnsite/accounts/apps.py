"""App ``accounts``: who someone is."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Registers system checks and cuts what the framework would store too finely."""

    name = "learnsite.accounts"
    label = "accounts"
