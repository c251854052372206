"""The CMS's hooks of accounts."""

from wagtail import hooks

from .cms_people import BULK_ACTIONS

# Wagtail registers its own actions under the same names; the higher order wins.
for _action in BULK_ACTIONS:
    hooks.register("register_bulk_action", _action, order=10)
