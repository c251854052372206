"""People with a CMS role, as the CMS lists and edits them.

Learners never appear here: whoever may manage editors must not read who learns.
"""

from collections.abc import Collection, Iterable
from typing import Any, ClassVar

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_list_or_404, redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.ui.tables import BooleanColumn, BulkActionsCheckboxColumn, Column
from wagtail.admin.views import account as wagtail_account
from wagtail.users import forms as wagtail_forms
from wagtail.users.views import bulk_actions
from wagtail.users.views import users as wagtail_views

from .registry import needs_of

User = get_user_model()
HAS_CMS_ROLE = Q(is_staff=True) | Q(is_superuser=True) | Q(groups__isnull=False)


def people_with_cms_role() -> QuerySet:
    """Return accounts that may do anything in the CMS."""
    return User.objects.filter(HAS_CMS_ROLE).distinct()


class _PersonFields(forms.ModelForm):
    """Our accounts have one shown name instead of first and last name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].required = False
        self.fields["username"].required = True

    def clean_username(self) -> str:
        """Return the name as it is stored, so that a taken one is found taken."""
        name: str = User.normalize_username(self.cleaned_data["username"])
        return name

    def save(self, commit: bool = True) -> Any:
        """Save; whoever is managed here may enter the CMS."""
        self.instance.is_staff = True
        return super().save(commit=commit)


class PersonCreationForm(_PersonFields, wagtail_forms.UserCreationForm):
    """Create an editor."""

    first_name = None
    last_name = None

    class Meta(wagtail_forms.UserCreationForm.Meta):
        fields: ClassVar = [
            "username",
            "display_name",
            "email",
            "is_superuser",
            "groups",
        ]


class PersonEditForm(_PersonFields, wagtail_forms.UserEditForm):
    """Edit an editor."""

    first_name = None
    last_name = None

    class Meta(wagtail_forms.UserEditForm.Meta):
        fields: ClassVar = [
            "username",
            "display_name",
            "email",
            "is_active",
            "is_superuser",
            "groups",
        ]

    def clean_is_active(self) -> bool:
        """Refuse to switch somebody off who is the only one to do something."""
        is_active: bool = self.cleaned_data["is_active"]
        if self.instance.is_active and not is_active:
            advice = _advice([self.instance])
            if advice:
                raise forms.ValidationError(advice)
        return is_active


def _advice(people: Collection[Any]) -> list[str]:
    """Return what to do first where somebody is needed; nothing where they may go."""
    return [need.advice for need in needs_of(people)]


def _refused(
    request: HttpRequest, people: Collection[Any], address: str
) -> HttpResponse | None:
    """Say why people may not go (yet), and lead to an address; None where they may."""
    advice = _advice(people)
    for words in advice:
        messages.error(request, words)
    return redirect(address) if advice else None


class PeopleFilterSet(wagtail_views.UserFilterSet):
    """Without the filter by last sign-in: nobody's presence is searched for."""

    last_login = None


class PeopleIndexView(wagtail_views.IndexView):
    """The list: name, user name, role; no last sign-in."""

    page_title = _("People with a CMS role")

    @property
    def columns(self) -> list[Column]:
        """Return the columns of the list."""
        return [
            BulkActionsCheckboxColumn("bulk_actions", obj_type="user"),
            self._get_title_column_class(wagtail_views.UserColumn)(
                "name",
                accessor=str,
                label=_("Display name"),
                sort_key="display_name",
                get_url=self.get_edit_url,
                classname="name",
            ),
            Column(
                "username",
                accessor=lambda user: user.username or "–",
                label=_("User name"),
                sort_key="username",
                classname="username",
                width="25%",
            ),
            Column(
                "is_superuser",
                accessor=lambda user: (
                    _("Administration") if user.is_superuser else None
                ),
                label=_("Role"),
                sort_key="is_superuser",
                classname="level",
                width="15%",
            ),
            BooleanColumn(
                "is_active",
                label=_("Active"),
                sort_key="is_active",
                classname="status",
                width="10%",
            ),
        ]

    def get_base_queryset(self) -> QuerySet:
        """Return only people with a CMS role."""
        return people_with_cms_role().select_related("wagtail_userprofile")


class _OnlyCmsPeople:
    """A learner's address in the CMS answers 404."""

    def get_queryset(self) -> QuerySet:
        return people_with_cms_role()


@method_decorator(transaction.atomic, name="post")
class PersonEditView(_OnlyCmsPeople, wagtail_views.EditView):
    """Edit a person with a CMS role."""


class PersonDeleteView(_OnlyCmsPeople, wagtail_views.DeleteView):
    """Delete a person with a CMS role; what they wrote stays without a name."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask, unless something would be left with nobody."""
        return self._refusal() or super().get(request, *args, **kwargs)

    @method_decorator(transaction.atomic)
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Delete, unless something would be left with nobody."""
        return self._refusal() or super().post(request, *args, **kwargs)

    def _refusal(self) -> HttpResponse | None:
        return _refused(self.request, [self.object], self.get_success_url())


class PersonHistoryView(wagtail_views.HistoryView):
    """Changes to the account of a person with a CMS role."""

    def get_base_object_queryset(self) -> QuerySet:
        """Return only people with a CMS role."""
        return people_with_cms_role()


class UserViewSet(wagtail_views.UserViewSet):
    """The CMS's people."""

    ordering = "username"
    filterset_class = PeopleFilterSet
    index_view_class = PeopleIndexView
    edit_view_class = PersonEditView
    delete_view_class = PersonDeleteView
    history_view_class = PersonHistoryView

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        """Return the form without first and last name."""
        return PersonEditForm if for_update else PersonCreationForm

    def get_queryset(self) -> QuerySet[AbstractBaseUser]:
        """Return only people with a CMS role."""
        return people_with_cms_role()


class _OnlyCmsPeopleAtOnce:
    """ "Select all" means all who stand in the list, not all who learn."""

    @classmethod
    def get_queryset(cls, model: object, object_ids: Iterable[Any]) -> list[Any]:
        """Return those of the chosen who have a CMS role."""
        return get_list_or_404(people_with_cms_role(), pk__in=list(object_ids))


class _LeavesNothingAlone(bulk_actions.user_bulk_action.UserBulkAction):
    """Refuses where something would be left with nobody, and then changes nothing."""

    @method_decorator(transaction.atomic)
    def form_valid(self, form: forms.Form) -> HttpResponse:
        return super().form_valid(form)

    def prepare_action(self, objects: list[Any], _left_out: Any) -> HttpResponse | None:
        return _refused(self.request, objects, self.next_url)


class DeletePeople(
    _LeavesNothingAlone, _OnlyCmsPeopleAtOnce, bulk_actions.DeleteBulkAction
):
    """Delete several people with a CMS role."""


class AssignRole(_OnlyCmsPeopleAtOnce, bulk_actions.AssignRoleBulkAction):
    """Give several people a role."""


class SetActive(
    _LeavesNothingAlone, _OnlyCmsPeopleAtOnce, bulk_actions.SetActiveStateBulkAction
):
    """Switch several people on or off."""

    def prepare_action(self, objects: list[Any], left_out: Any) -> HttpResponse | None:
        """Refuse to switch off who is the only one to do something."""
        if self.cleaned_form.cleaned_data["mark_as_active"]:
            return None
        return super().prepare_action(objects, left_out)


BULK_ACTIONS = (DeletePeople, AssignRole, SetActive)


class NameForm(forms.ModelForm):
    """The name shown, in one's own settings."""

    class Meta:
        model = User
        fields: ClassVar = ["display_name"]


class NamePanel(wagtail_account.NameEmailSettingsPanel):
    """Replaces Wagtail's panel, which asks for a first and a last name."""

    form_class = NameForm


class AccountView(wagtail_account.AccountView):
    """One's own settings in the CMS."""

    def get_panels(self) -> list[Any]:
        """Return Wagtail's panels with our panel for the name."""
        replaced = wagtail_account.NameEmailSettingsPanel
        return [
            NamePanel(panel.request, panel.user, panel.profile)
            if type(panel) is replaced
            else panel
            for panel in super().get_panels()
        ]
