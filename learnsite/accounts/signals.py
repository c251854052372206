"""Cuts the times that Django and allauth would store."""

from datetime import datetime, timedelta
from datetime import time as time_of_day

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_used
from django.contrib import messages
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import pre_delete, pre_save
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import ngettext

from .models import User, current_month
from .registry import erase_hooks
from .services import end_other_sessions

# Django's own receiver has this id; whoever comes second under it is not connected.
UPDATE_LAST_LOGIN = "update_last_login"


def connect() -> None:
    """Take the place of Django's receiver, whichever app is ready first."""
    user_logged_in.disconnect(dispatch_uid=UPDATE_LAST_LOGIN)
    user_logged_in.connect(keep_month_of_sign_in, dispatch_uid=UPDATE_LAST_LOGIN)
    pre_save.connect(cut_authenticator_times, sender=Authenticator)
    authenticator_added.connect(end_sessions_without_it)
    authenticator_used.connect(say_what_a_recovery_code_means)
    pre_delete.connect(erase_completely, sender=User)


def erase_completely(sender: object, instance: User, **kwargs: object) -> None:
    """Run what erasing takes, whoever deletes the account: its owner or the CMS."""
    for hook in erase_hooks():
        hook(instance)


def month_of_sign_in() -> datetime:
    """Return the start of the current month, as ``last_login`` stores it."""
    return timezone.make_aware(datetime.combine(current_month(), time_of_day()))


def keep_month_of_sign_in(sender: object, user: User, **kwargs: object) -> None:
    """Note the month somebody signed in; writes at most once a month."""
    month = month_of_sign_in()
    if user.last_login != month:
        user.last_login = month
        User.objects.filter(pk=user.pk).update(last_login=month)


def cut_authenticator_times(
    sender: object, instance: Authenticator, **kwargs: object
) -> None:
    """Cut the times of passkeys and second factors to the day."""
    instance.created_at = _day(instance.created_at)
    instance.last_used_at = _day(instance.last_used_at)
    viewed = instance.data.get("viewed_at")
    if viewed:
        # Recovery codes shown once: allauth only asks whether, never when.
        instance.data["viewed_at"] = viewed - viewed % timedelta(days=1).total_seconds()


def end_sessions_without_it(
    sender: object, request: HttpRequest, user: User, **kwargs: object
) -> None:
    """Sign out whoever came in elsewhere by less than the account asks for now."""
    end_other_sessions(request=request, user=user)


def say_what_a_recovery_code_means(
    sender: object, request: HttpRequest, authenticator: Authenticator, **kwargs: object
) -> None:
    """Tell whoever came in by a recovery code how many are left, and what to do."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        return
    authenticator.refresh_from_db(fields=["data"])  # allauth marks another instance
    left = len(authenticator.wrap().get_unused_codes())
    messages.warning(
        request,
        ngettext(
            "That recovery code is used up, %(count)d is left. Is the device lost? "
            "Then please remove it and set up another one: “Account”, “My data”, "
            "“Passkeys and second step”.",
            "That recovery code is used up, %(count)d are left. Is the device lost? "
            "Then please remove it and set up another one: “Account”, “My data”, "
            "“Passkeys and second step”.",
            left,
        )
        % {"count": left},
    )


def _day(moment: datetime | None) -> datetime | None:
    if moment is None:
        return None
    return timezone.localtime(moment).replace(hour=0, minute=0, second=0, microsecond=0)
