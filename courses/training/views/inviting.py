"""How people learn of what they are to take: by mail, or on a card."""

from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from courses.groups.models import Organisation
from courses.groups.roles import Action, Role
from courses.groups.views.guard import for_organisation
from learnsite.accounts import mailing
from learnsite.accounts.card import qr_code

from ..accesses import note_access
from ..evidence import due_days
from ..invitations import address, invite, state_of, written
from ..mails import send_invitations
from ..models import Assignment, Employee
from ..queries import namesakes, unit_tree
from .assigned import (
    address_of_assignment,
    assignment_page,
    back_to_assignment,
    holders_of,
    people_on_page,
)
from .assigning import assignment_of, title_of
from .filtering import filter_of
from .people import chosen_people
from .saying import say_no_cards, say_sent

#: Cards on one print; more would be a page no browser likes.
MOST_CARDS: Final = 200


@require_POST
@for_organisation(Action.RUN_TRAINING)
def mail(
    request: HttpRequest, organisation: Organisation, assignment_id: UUID
) -> HttpResponse:
    """Invite by mail whoever of the filter has an address and no invitation yet."""
    found = assignment_of(organisation, assignment_id)
    if not mailing.is_sent():
        raise Http404(_("This site sends no mail."))
    people = [each for each in _uninvited(request, organisation, found) if each.email]
    due = due_days(found, people)
    sent, left = send_invitations(people, [title_of(request, found)], due=due)
    if left and not sent:
        problem = _(
            "The mail server took no mail. Nobody was invited by it; please try "
            "again later, or print cards."
        )
        return assignment_page(request, organisation, found, problem)
    say_sent(request, sent, left=left)
    return back_to_assignment(request, found)


@require_POST
@for_organisation(Action.RUN_TRAINING)
def cards(
    request: HttpRequest, organisation: Organisation, assignment_id: UUID
) -> HttpResponse:
    """Show cards with new invitations, once: of those ticked, or of all without one.

    Only who is assigned the course gets one. A page that was sent twice, as by a
    reload of the sheet, renews nothing and says so: it would end the cards just
    printed. A card says by when the course is due next, and so whether it was proved:
    that is noted.
    """
    found = assignment_of(organisation, assignment_id)
    is_for_all = "person" not in request.POST
    if is_for_all:
        people = _uninvited(request, organisation, found)
    else:
        shown = people_on_page(request, organisation, found)
        if request.POST.get("seen") != state_of(shown):
            problem = _(
                "Invitations have changed since this page was loaded, perhaps by "
                "cards just printed. Nobody got a new one; please tick again who "
                "needs it."
            )
            return assignment_page(request, organisation, found, problem)
        holding = set(shown)
        ticked = chosen_people(request, organisation)
        people = [each for each in ticked if each in holding]
    tree = unit_tree(organisation)
    # As they are handed out: unit by unit.
    people.sort(key=lambda each: (tree.title(each.unit_id), each.name, each.reference))
    due = due_days(found, people)  # before: whatever fails after ends cards unseen
    made = invite(people[:MOST_CARDS], only_first=is_for_all)
    if not made:
        say_no_cards(request)
        return back_to_assignment(request, found)
    note_access(organisation, (each.pk for each in made), Role.MANAGER)
    title = _("QR code that opens the invitation")
    context = {
        "organisation": organisation,
        "assignment": found,
        "title": title_of(request, found),
        "rows": [
            {
                "employee": employee,
                "unit": tree.title(employee.unit_id),
                "due": due.get(employee),
                "secret": written(secret),
                "qr_code": qr_code(address(secret), title),
            }
            for employee, secret in made.items()
        ],
        "address": address("").partition("#")[0],
        "back": address_of_assignment(request, found),
        "namesakes": namesakes(
            found.assigned.held().values_list("employee__name", flat=True)
        ),
        "left": len(people) - len(made),
    }
    return render(request, "courses/training/cards.html", context)


def _uninvited(
    request: HttpRequest, organisation: Organisation, found: Assignment
) -> list[Employee]:
    """Return who of the filter is assigned the course and has no invitation (yet)."""
    chosen = filter_of(request, unit_tree(organisation))
    rows = holders_of(found, chosen).filter(employee__invitation=None)
    return [each.employee for each in rows.select_related("employee__organisation")]
