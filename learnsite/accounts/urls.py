"""Addresses of accounts. Stands before allauth's own, some of which it guards."""

from allauth.account import views as account_views
from allauth.mfa.recovery_codes import views as recovery_views
from allauth.mfa.totp import views as totp_views
from allauth.mfa.webauthn import views as passkey_views
from django.urls import include, path

from . import picture_step, views
from .decorators import confirm_key_required

# Who has no password counts for allauth as confirmed at any time, so everything that
# adds a way to sign in is guarded here. Names and paths are allauth's.
_guarded = [
    path("email/", views.AddressView.as_view(), name="account_email"),
    path("password/set/", account_views.password_set, name="account_set_password"),
    path("2fa/totp/activate/", totp_views.activate_totp, name="mfa_activate_totp"),
    path(
        "2fa/totp/deactivate/", totp_views.deactivate_totp, name="mfa_deactivate_totp"
    ),
    path(
        "2fa/recovery-codes/",
        recovery_views.view_recovery_codes,
        name="mfa_view_recovery_codes",
    ),
    path(
        "2fa/recovery-codes/generate/",
        recovery_views.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "2fa/recovery-codes/download/",
        recovery_views.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("2fa/webauthn/add/", passkey_views.add_webauthn, name="mfa_add_webauthn"),
    path(
        "2fa/webauthn/keys/<int:pk>/remove/",
        passkey_views.remove_webauthn,
        name="mfa_remove_webauthn",
    ),
    path(
        "2fa/webauthn/keys/<int:pk>/edit/",
        passkey_views.edit_webauthn,
        name="mfa_edit_webauthn",
    ),
]
for _pattern in _guarded:
    _pattern.callback = confirm_key_required(_pattern.callback)

urlpatterns = [
    path("konto/", include(_guarded)),
    path("konto/login/", views.NameSignInView.as_view(), name="account_login"),
    path(
        "konto/password/reset/",
        views.ForgottenPasswordView.as_view(),
        name="account_reset_password",
    ),
    path("konto/", include("allauth.urls")),
    path("schluessel/", views.key_signin, name="key_signin"),
    path("schluessel/bilder/", picture_step.key_pictures, name="key_pictures"),
    path("schluessel/karte/", views.key_card, name="key_card"),
    path("schluessel/bestaetigen/", views.key_confirm, name="key_confirm"),
    path("meine-daten/", views.my_data, name="my_data"),
    path("meine-daten/lesbar/", views.my_data_html, name="my_data_html"),
    path("meine-daten/json/", views.my_data_json, name="my_data_json"),
    path("meine-daten/name/", views.my_data_rename, name="my_data_rename"),
    path("meine-daten/neuer-schluessel/", views.key_replace, name="key_replace"),
    path("meine-daten/loeschen/", views.my_data_erase, name="my_data_erase"),
    path("meine-daten/geloescht/", views.my_data_erased, name="my_data_erased"),
]
