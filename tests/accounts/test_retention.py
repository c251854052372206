"""Accounts that nobody uses go by themselves, after 24 whole months."""

from datetime import date, datetime

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.utils import timezone

from learnsite.accounts import retention, services
from learnsite.accounts.models import User

TODAY = date(2028, 12, 15)


def _used(user: User, year: int, month: int) -> None:
    moment = timezone.make_aware(datetime(year, month, 1))
    User.objects.filter(pk=user.pk).update(
        last_login=moment, joined=date(year, month, 1)
    )


@pytest.mark.parametrize(
    ("year", "month", "gone"),
    [(2026, 10, True), (2026, 11, True), (2026, 12, False), (2028, 12, False)],
)
def test_account_goes_when_24_months_are_over(lena, year, month, gone):
    _used(lena.user, year, month)

    assert retention.erase_unused_accounts(today=TODAY) == int(gone)
    assert User.objects.exists() is not gone


def test_account_never_opened_again_counts_from_its_first_month(lena):
    User.objects.update(joined=date(2026, 11, 1), last_login=None)

    assert retention.erase_unused_accounts(today=TODAY) == 1


def test_others_stay(lena, tom, editor):
    with_address, _words = services.issue_learning_key()
    EmailAddress.objects.create(user=with_address, email="a@example.org")
    with_passkey, _words = services.issue_learning_key()
    Authenticator.objects.create(
        user=with_passkey, type=Authenticator.Type.WEBAUTHN, data={}
    )
    for user in (tom, editor, with_address, with_passkey):
        _used(user, 2020, 1)
    _used(lena.user, 2020, 1)

    retention.erase_unused_accounts(today=TODAY)

    assert set(User.objects.all()) == {tom, editor, with_address, with_passkey}
