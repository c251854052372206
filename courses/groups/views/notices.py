"""Messages to a group: written by its teacher, never answered here."""

from uuid import UUID

from django.contrib.messages import info
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from .. import notices
from ..date_forms import AnnouncementForm
from ..models import Group
from ..roles import Action
from .guard import for_group


@require_http_methods(["GET", "HEAD", "POST"])
@for_group(Action.ANNOUNCE)
def messages(request: HttpRequest, group: Group) -> HttpResponse:
    """List what was told; on POST tell something."""
    form = AnnouncementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _told, is_new = notices.announce(group=group, text=form.cleaned_data["text"])
        if not is_new:
            info(
                request,
                _("This message is here from earlier today already, just once."),
            )
        return redirect("group_messages", group.pk)
    context = {"group": group, "form": form, "told": group.announcements.all()}
    status = 422 if form.is_bound else 200
    return render(request, "courses/groups/messages.html", context, status=status)


@require_POST
@for_group(Action.ANNOUNCE)
def withdraw(request: HttpRequest, group: Group, message_id: UUID) -> HttpResponse:
    """Take a message back; whoever clicks twice reads that it is done."""
    if not notices.withdraw(group=group, pk=message_id):
        info(request, _("This message was taken back already."))
    return redirect("group_messages", group.pk)
