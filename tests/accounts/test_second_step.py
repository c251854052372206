"""A code of an app counts while it is typed: the step before and after, too."""

import time

import pytest
from allauth.mfa import app_settings
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    validate_totp_code,
)

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.mark.parametrize(
    ("steps", "is_taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)]
)
def test_a_code_that_changes_while_it_is_typed_still_counts(
    monkeypatch: pytest.MonkeyPatch, steps: int, is_taken: bool
) -> None:
    now = 1_800_000_015.0
    monkeypatch.setattr(time, "time", lambda: now)
    counter = int(now) // app_settings.TOTP_PERIOD
    code = format_hotp_value(hotp_value(SECRET, counter + steps))
    assert validate_totp_code(SECRET, code) is is_taken
