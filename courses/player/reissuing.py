"""Cards made anew: all that were asked for or none, and once for each page that asks.

Stands above groups and progress: a new card touches the learner's answers.
"""

from uuid import UUID

from django.db import transaction

from courses.groups.levels import Visibility
from courses.groups.models import Group, Membership
from courses.groups.queries import with_cards
from courses.groups.services import mark_of_cards, renew_card
from courses.progress.services import forget_answers
from courses.review.services import begin_anew


class CardsChanged(Exception):
    """Other cards have taken the place of those that were meant."""


@transaction.atomic
def renew_cards(
    *, group: Group, mark: str, only: UUID | None = None
) -> list[tuple[Membership, tuple[str, ...]]]:
    """Give members with a card new keys; return them with the words, by number.

    ``mark`` is that of the cards on the page that asks; ``only`` names one member.
    Whoever asks at the same time waits. Raises :class:`CardsChanged` where cards of
    that page were made anew meanwhile.
    """
    Group.objects.select_for_update().get(pk=group.pk)
    members = [each for each in with_cards(group) if only in (None, each.pk)]
    if mark != mark_of_cards(members):
        raise CardsChanged
    return [(member, _renewed(group, member)) for member in members]


def _renewed(group: Group, member: Membership) -> tuple[str, ...]:
    """Make a card anew: the old one is dead at once.

    Whoever holds a card is that pupil, for a moment also the teacher who prints it. So
    answers, results and days go where the group agreed that teachers see less than
    exercises; what then still shows stands beside the button that asks for it.
    """
    words = renew_card(membership=member)
    if group.level < Visibility.HELP:
        forget_answers(user=member.user)
        begin_anew(user=member.user)
    return words
