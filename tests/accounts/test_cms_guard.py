"""Nobody reaches the CMS without a second factor, whatever address they ask for."""

import re
import time
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.models import Page

from learnsite.accounts import demo
from learnsite.accounts.cms_guard import second_factor_for_cms
from learnsite.accounts.models import User
from tests.factories import with_second_factor

from .conftest import PASSWORD, KeyPerson

pytestmark = pytest.mark.django_db

STOPPED = "Hier braucht es einen zweiten Schritt"
BACKEND = "learnsite.accounts.backends.AccountBackend"


@pytest.fixture
def stopped(editor: User) -> Client:
    """The browser of an editor who came in with a password alone."""
    client = Client()
    client.post("/konto/login/", {"login": editor.username, "password": PASSWORD})
    return client


def paths() -> list[str]:
    """Return addresses of the CMS of every kind: pages, previews, data, results."""
    page = Page.objects.get(depth=2)
    named = {
        "wagtailadmin_home": [],
        "wagtailadmin_explore": [page.pk],
        "wagtailadmin_pages:edit": [page.pk],
        "wagtailadmin_pages:view_draft": [page.pk],
        "wagtailadmin_pages:preview_on_edit": [page.pk],
        "wagtailadmin_pages:history": [page.pk],
        "wagtailadmin_block_preview": [],
        "wagtailadmin_account": [],
        "wagtailusers_users:index": [],
        "wagtailimages:index": [],
        "wagtaildocs:index": [],
        "wagtailsettings:edit": ["content", "siteidentity"],
        "content_glossary_terms": [],
        "outdated_translations": [],
        "try_exercise": ["a", f"pages/{page.pk}/view_draft/"],
    }
    found = [reverse(name, args=args) for name, args in named.items()]
    return [*found, "/cms/api/main/pages/", "/cms/gibt-es-nicht/"]


def test_no_address_of_the_cms_opens_without_a_second_factor(stopped: Client) -> None:
    for path in paths():
        for method in (stopped.get, stopped.post, stopped.head):
            response = method(path)
            assert response.status_code == 403, path
            assert "no-store" in response["Cache-Control"]
        assert STOPPED in stopped.get(path).text, path
        asked = stopped.get(path, headers={"X-Requested-With": "XMLHttpRequest"})
        assert asked.status_code == 403


def test_nothing_is_written_without_a_second_factor(stopped: Client) -> None:
    page = Page.objects.get(depth=2)
    path = reverse("wagtailadmin_pages:delete", args=[page.pk])
    assert stopped.post(path).status_code == 403
    assert Page.objects.filter(pk=page.pk).exists()


def test_with_a_second_factor_the_same_addresses_open(
    stopped: Client, editor: User
) -> None:
    with_second_factor(editor)
    for path in paths():
        assert STOPPED not in stopped.get(path).text, path
    assert stopped.get("/cms/").status_code == 200


def test_recovery_codes_alone_are_no_second_factor(
    stopped: Client, editor: User
) -> None:
    RecoveryCodes.activate(editor)
    assert stopped.get("/cms/").status_code == 403


def test_who_takes_the_last_factor_away_is_out_again(
    stopped: Client, editor: User
) -> None:
    with_second_factor(editor)
    assert stopped.get("/cms/").status_code == 200
    editor.authenticator_set.all().delete()
    assert stopped.get("/cms/").status_code == 403


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def test_an_editor_sets_an_app_up_and_comes_back_to_the_page_asked_for(
    stopped: Client,
) -> None:
    wanted = reverse("wagtailusers_users:index")
    page = stopped.get(wanted)
    assert reverse("mfa_add_webauthn") in page.text
    setup = reverse("mfa_activate_totp")
    assert setup in page.text
    # The password once more, as before each change of how one signs in.
    asked = stopped.get(setup).url
    assert stopped.post(asked, {"password": PASSWORD}).url == setup
    secret = stopped.get(setup).context["form"].secret

    shown = stopped.post(setup, {"code": code_of(secret)}, follow=True)

    assert shown.redirect_chain[-1][0] == reverse("mfa_view_recovery_codes")
    assert re.search(rf'href="{wanted}"', shown.text)
    assert stopped.get(wanted).status_code == 200


def test_who_gave_an_address_is_told_to_confirm_it_first(
    stopped: Client, editor: User
) -> None:
    hint = "noch nicht bestätigt"
    assert hint not in stopped.get("/cms/").text
    EmailAddress.objects.create(user=editor, email="redaktion@example.org")
    page = stopped.get("/cms/").text
    assert hint in page
    assert reverse("account_email") in page
    assert reverse("mfa_activate_totp") not in page


def test_the_password_alone_then_opens_nothing(client: Client, editor: User) -> None:
    TOTP.activate(editor, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    said = client.post(
        "/konto/login/?next=/cms/", {"login": editor.username, "password": PASSWORD}
    )
    assert said.url.startswith(reverse("mfa_authenticate"))
    assert client.get("/cms/").url.startswith("/cms/login/")


def test_who_is_stopped_can_sign_out(stopped: Client) -> None:
    assert reverse("account_logout") in stopped.get("/cms/").text
    assert stopped.post(reverse("wagtailadmin_logout")).status_code == 302
    assert stopped.get("/cms/").status_code == 302


def test_documents_of_the_site_stay_public(
    stopped: Client, client: Client, tmp_path: Any, settings: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "blatt.txt").write_text("Blatt")
    document = Document.objects.create(title="Blatt", file="documents/blatt.txt")
    for each in (client, stopped):
        assert each.get(document.url).status_code == 200


def test_learners_are_asked_for_no_second_factor(lena_client: Client) -> None:
    page = lena_client.get("/cms/", follow=True)
    assert page.status_code == 403
    assert STOPPED not in page.text


def test_pages_of_the_site_cost_nothing_more(
    lena: KeyPerson, django_assert_num_queries: Any, rf: Any
) -> None:
    request = rf.get("/meine-daten/")
    request.user = lena.user
    with django_assert_num_queries(0):
        assert second_factor_for_cms(lambda _request: "seen")(request) == "seen"


# --- The first look ---


@pytest.fixture
def demo_editor(settings: Any) -> Client:
    """The demo's editor, on somebody's own machine."""
    settings.DEBUG = settings.DEMO_PEOPLE = True
    demo.create_demo_people()
    client = Client()
    client.force_login(User.objects.get(username="redaktion"), backend=BACKEND)
    return client


def test_the_demos_editors_get_in_and_are_told_why(demo_editor: Client) -> None:
    page = demo_editor.get("/cms/")
    assert page.status_code == 200
    assert "Das ist ein erster Blick." in page.text


@pytest.mark.parametrize("missing", ["DEBUG", "DEMO_PEOPLE"])
def test_elsewhere_their_names_open_nothing(
    demo_editor: Client, settings: Any, missing: str
) -> None:
    setattr(settings, missing, False)
    assert demo_editor.get("/cms/").status_code == 403


def test_others_on_the_same_machine_are_asked(demo_editor: Client) -> None:
    other = User.objects.create_user("ada", "", PASSWORD)
    other.groups.set(Group.objects.filter(name="Editors"))
    client = Client()
    client.force_login(other, backend=BACKEND)
    assert client.get("/cms/").status_code == 403
