"""Messages of Wagtail that our German catalogue says anew.

What stands here is collected with our messages, and our catalogue comes before
Wagtail's. The English wording stays Wagtail's.
"""

from django.utils.translation import gettext_noop

REWORDED = (
    gettext_noop("locale"),
    gettext_noop("Locale"),
    gettext_noop("Submit to %(workflow_name)s"),
    gettext_noop("Resubmit to %(task_name)s"),
)
