"""Wagtail's user administration with our account model."""

from wagtail.users.apps import WagtailUsersAppConfig


class LearnsiteUsersConfig(WagtailUsersAppConfig):
    """Replaces the user list, which would show every learner to every editor."""

    user_viewset = "learnsite.accounts.cms_people.UserViewSet"
