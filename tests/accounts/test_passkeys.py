"""Passkeys and second steps: offered, and their times cut to the day."""

from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.utils import timezone

from .conftest import confirm


def _is_midnight(moment: datetime) -> bool:
    local = timezone.localtime(moment)
    return (local.hour, local.minute, local.second, local.microsecond) == (0, 0, 0, 0)


def test_times_are_cut_to_the_day(tom):
    passkey = Authenticator.objects.create(
        user=tom, type=Authenticator.Type.WEBAUTHN, data={"name": "Handy"}
    )
    passkey.record_usage()

    passkey.refresh_from_db()
    today = timezone.localdate()
    assert timezone.localtime(passkey.created_at).date() == today
    assert timezone.localtime(passkey.last_used_at).date() == today
    assert _is_midnight(passkey.created_at)
    assert _is_midnight(passkey.last_used_at)


def test_view_of_recovery_codes_is_noted_by_day(tom):
    codes = Authenticator.objects.create(
        user=tom,
        type=Authenticator.Type.RECOVERY_CODES,
        data={"seed": "x", "viewed_at": timezone.now().timestamp()},
    )

    assert codes.data["viewed_at"] % timedelta(days=1).total_seconds() == 0


def test_page_of_a_learner_offers_a_passkey(lena_client, lena):
    confirm(lena_client, lena.key, "/konto/2fa/webauthn/add/")

    page = lena_client.get("/konto/2fa/webauthn/add/")

    assert page.status_code == 200
    options = page.context["js_data"]["creation_options"]["publicKey"]
    assert options["rp"]["name"] == "Datenkundig"
    assert options["user"]["displayName"] == "Flinker Otter 27"


def test_sign_in_page_offers_passkeys(client, db):
    page = client.get("/konto/login/")

    assert page.context["PASSKEY_LOGIN_ENABLED"] is True
