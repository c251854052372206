"""Pages around learning keys and "Meine Daten".

Context of the templates, beside what ``learnsite.shell`` gives:

* ``key_signin.html``: ``form``, ``next``, ``wait_seconds`` (0 = no wait),
  ``came_too_late``
* ``key_pictures.html``: see ``picture_step.ask_for_pictures``
* ``key_confirm.html``: ``form``, ``next``, ``wait_seconds``, ``card_is_unseen``
* ``key_card.html``: see ``card.render_key_card``
* ``key_card_gone.html``, ``key_replace.html``: ``card_is_unseen``, ``replaces``
* ``my_data.html``: ``sections``, ``empty_sections``, ``visitor_sections``,
  ``download`` (address of a file that comes now), ``has_key``, ``card_is_unseen``
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any
from urllib.parse import urlencode

from allauth.account.views import EmailView, LoginView, PasswordResetView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from . import limits, mailing, services
from .adapter import TOO_MANY_WRONG
from .card import render_key_card
from .decorators import (
    confirm_key_required,
    confirm_key_unless_unseen,
    person_of,
    recently_confirmed,
)
from .export import export_html, export_json
from .forms import KeyConfirmForm, KeySignInForm, RenameForm
from .models import User
from .picture_step import TOO_LATE, ask_for_pictures
from .queries import user_for_key
from .registry import Need, needs_of, sections_for, visitor_sections

ROWS_SHOWN = 50
DOWNLOADS = {"html": "my_data_html", "json": "my_data_json"}
# On "Meine Daten": which download begins, for whoever was asked for a proof before it.
DOWNLOAD = "herunterladen"
GET_OR_POST = ["GET", "HEAD", "POST"]


# --- Learning keys ---


@sensitive_post_parameters("key")
@never_cache
@require_http_methods(GET_OR_POST)
def key_signin(request: HttpRequest) -> HttpResponse:
    """Open an account with a learning key."""
    form = KeySignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["key"]
        user = user_for_key(words)
        if user is not None:
            services.refresh_key_hash(user=user, words=words)
            wanted = {
                "user": user,
                "shared_device": form.cleaned_data["shared"],
                "redirect_url": _next(request),
            }
            if user.picture_pin:
                return ask_for_pictures(request, services.seal_sign_in(**wanted))
            return services.sign_in(request=request, **wanted)
        return _wrong_key(request, "accounts/key_signin.html", form)
    return _key_page(request, "accounts/key_signin.html", form)


@sensitive_post_parameters("key")
@never_cache
@login_required
@require_http_methods(GET_OR_POST)
def key_confirm(request: HttpRequest) -> HttpResponse:
    """Prove with the key who one is, then go on; who just did so is not asked."""
    form = KeyConfirmForm(request.POST or None)
    if request.method != "POST" and recently_confirmed(request):
        return redirect(_next(request) or reverse("my_data"))
    if request.method == "POST" and form.is_valid():
        if user_for_key(form.cleaned_data["key"]) == request.user:
            services.confirm_by_key(request=request, user=person_of(request))
            return redirect(_next(request) or reverse("my_data"))
        return _wrong_key(request, "accounts/key_confirm.html", form)
    return _key_page(request, "accounts/key_confirm.html", form)


def _wrong_key(
    request: HttpRequest, template: str, form: KeySignInForm | KeyConfirmForm
) -> HttpResponse:
    form.add_error("key", _("These six words do not open any account."))
    wait = limits.record_wrong_key(request)
    response = _key_page(request, template, form, wait=wait)
    if wait:
        response.status_code = 429
        response.headers["Retry-After"] = str(wait)
    return response


def _key_page(
    request: HttpRequest,
    template: str,
    form: KeySignInForm | KeyConfirmForm,
    *,
    wait: int = 0,
) -> HttpResponse:
    status = 422 if form.errors else 200
    context = {
        "form": form,
        "next": _next(request) or "",
        "wait_seconds": wait,
        "card_is_unseen": services.card_is_unseen(request),
        "came_too_late": TOO_LATE in request.GET,
    }
    return render(request, template, context, status=status)


def _next(request: HttpRequest) -> str | None:
    """Return where to go afterwards, if it is a place on this site."""
    target = request.POST.get("next") or request.GET.get("next")
    if target and url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return target
    return None


@never_cache
@require_GET
def key_card(request: HttpRequest) -> HttpResponse:
    """Say that a card is shown only once, and how to get a new one.

    With ``next`` it was written down: note that, and go on.
    """
    if target := _next(request):
        request.session.pop(services.CARD_UNSEEN, None)
        return redirect(target)
    return render(request, "accounts/key_card_gone.html", _card_state(request))


@never_cache
@require_http_methods(GET_OR_POST)
@confirm_key_unless_unseen
def key_replace(request: HttpRequest) -> HttpResponse:
    """Give the account a new key; the old card is dead at once.

    The new key counts as typed: asking for it on the next page would prove nothing.
    """
    person = person_of(request)
    if request.method != "POST":
        return render(request, "accounts/key_replace.html", _card_state(request))
    if request.POST.get("replaces") != services.mark_of_key(person):
        return redirect("key_card")
    words = services.replace_learning_key(user=person, request=request)
    services.confirm_by_key(request=request, user=person)
    return render_key_card(request, person, words, continue_url=reverse("my_data"))


def _card_state(request: HttpRequest) -> dict[str, Any]:
    """Return what pages around the card ask: was it seen, which key is replaced."""
    user = request.user
    return {
        "card_is_unseen": services.card_is_unseen(request),
        "replaces": services.mark_of_key(user) if isinstance(user, User) else "",
    }


# --- User names ---


class NameSignInView(LoginView):
    """allauth's sign-in by user name, which says by its status when to wait."""

    def form_invalid(self, form: Form) -> HttpResponse:
        """Show the form again; after many wrong passwords as 429."""
        response = super().form_invalid(form)
        for error in form.non_field_errors().as_data():
            if error.code == TOO_MANY_WRONG and error.params:
                response.status_code = 429
                response.headers["Retry-After"] = str(error.params["seconds"])
        return response


@never_cache
@require_GET
def cms_door(request: HttpRequest) -> HttpResponse:
    """Lead to the one sign-in, and tell whoever has no role in the CMS so.

    Sent to sign in again, they would be sent back at once, round and round. Wagtail's
    message that says less is taken away.
    """
    if request.user.is_anonymous:
        return redirect_to_login(_next(request) or "/cms/", reverse("account_login"))
    if request.user.has_perm("wagtailadmin.access_admin"):
        return redirect(_next(request) or "wagtailadmin_home")
    list(messages.get_messages(request))
    return render(request, "accounts/cms_refused.html", status=403)


class _TellsOfMail:
    """Adds ``mail_is_sent`` to the context of a page about addresses."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return allauth's context and whether mail goes anywhere."""
        context = super().get_context_data(**kwargs)  # type: ignore[misc]
        return {**context, "mail_is_sent": mailing.is_sent()}


class ForgottenPasswordView(_TellsOfMail, PasswordResetView):
    """allauth's form for a link by mail; without mail what to do instead."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send the link, or say again that none can be sent."""
        if not mailing.is_sent():
            return self.get(request, *args, **kwargs)
        return super().post(request, *args, **kwargs)


class AddressView(_TellsOfMail, EmailView):
    """allauth's page of one's address; without mail only to remove it."""


# --- Meine Daten ---


@never_cache
@require_GET
def my_data(request: HttpRequest) -> HttpResponse:
    """Show what is stored about this person, and on this device."""
    sections = (
        sections_for(request.user, limit=ROWS_SHOWN)
        if request.user.is_authenticated
        else []
    )
    on_device = [html for section in visitor_sections if (html := section(request))]
    return render(
        request,
        "accounts/my_data.html",
        {
            "sections": [section for section in sections if section.rows],
            "empty_sections": [section for section in sections if not section.rows],
            "visitor_sections": on_device,
            "download": _confirmed_download(request),
            "has_key": bool(getattr(request.user, "key_hash", None)),
            "card_is_unseen": services.card_is_unseen(request),
        },
    )


def _confirmed_download(request: HttpRequest) -> str:
    """Return the address of a download that begins at once, for who just confirmed."""
    name = DOWNLOADS.get(request.GET.get(DOWNLOAD, ""))
    if name and request.user.is_authenticated and recently_confirmed(request):
        return reverse(name)
    return ""


def _back_to_my_data(kind: str) -> Callable[[], str]:
    """Return what says where a download leads whoever is asked before it."""
    return lambda: f"{reverse('my_data')}?{urlencode({DOWNLOAD: kind})}"


@never_cache
@require_GET
@partial(confirm_key_required, comes_back=_back_to_my_data("html"))
def my_data_html(request: HttpRequest) -> HttpResponse:
    """Download everything as one readable page."""
    return _download(
        export_html(person_of(request)), "text/html; charset=utf-8", "html"
    )


@never_cache
@require_GET
@partial(confirm_key_required, comes_back=_back_to_my_data("json"))
def my_data_json(request: HttpRequest) -> HttpResponse:
    """Download everything in a form that machines read."""
    return _download(export_json(person_of(request)), "application/json", "json")


def _download(body: str, content_type: str, suffix: str) -> HttpResponse:
    response = HttpResponse(body, content_type=content_type)
    name = _("my-data")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{suffix}"'
    return response


@never_cache
@require_http_methods(GET_OR_POST)
@login_required
def my_data_rename(request: HttpRequest) -> HttpResponse:
    """Change the name shown."""
    form = RenameForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        services.rename(
            user=person_of(request), display_name=form.cleaned_data["display_name"]
        )
        messages.success(request, _("The name has been changed."))
        return redirect("my_data")
    return render(request, "accounts/my_data_rename.html", {"form": form})


@never_cache
@require_http_methods(GET_OR_POST)
@confirm_key_required
def my_data_erase(request: HttpRequest) -> HttpResponse:
    """Erase the account at once and completely; or say what its owner does first."""
    if request.method != "POST":
        return _erase_page(request, needs_of([person_of(request)]))
    try:
        services.erase_unless_needed(user=User.objects.get(pk=person_of(request).pk))
    except services.StillNeededError as error:
        return _erase_page(request, error.needs, status=409)
    services.sign_out(request=request)
    return redirect("my_data_erased")


def _erase_page(
    request: HttpRequest, needs: Sequence[Need], status: int = 200
) -> HttpResponse:
    context = {"needs": needs}
    return render(request, "accounts/my_data_erase.html", context, status=status)


@never_cache
@require_GET
def my_data_erased(request: HttpRequest) -> HttpResponse:
    """Say that nothing is left."""
    return render(request, "accounts/my_data_erased.html")
