"""A member's calendar at a secret address (RFC 5545).

The address is shown once; only its hash is kept, so that nobody who reads the database
can open it. A new one ends the old one.
"""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from icalendar import Calendar, Event

from learnsite.accounts import tombstones

from .dates import Meeting
from .models import Group, Membership

PRODUCT = "-//Datenkundig//Termine//DE"
#: How often programs should look for changes.
LOOK_AGAIN = timedelta(hours=6)
#: 256 bits: too long to guess, so that its hash needs no pepper.
TOKEN_BYTES = 32
#: Under this kind a list of what was revoked holds addresses of calendars.
CALENDAR = "calendar"


def open_feed(*, membership: Membership) -> str:
    """Give a member a new secret and return it, once; an older address is dead.

    It stays dead when a backup is restored.
    """
    token = secrets.token_urlsafe(TOKEN_BYTES)
    _keep(membership, _hash(token))
    return token


def close_feed(*, membership: Membership) -> None:
    """Let a member's secret address lead nowhere any more, nor after a restore."""
    _keep(membership, None)


@transaction.atomic
def _keep(membership: Membership, feed_hash: str | None) -> None:
    membership.feed_hash = feed_hash
    membership.save(update_fields=["feed_hash"])
    tombstones.note_last(CALENDAR, {membership.pk: feed_hash or ""})


def group_of_token(token: str) -> Group | None:
    """Return the group whose dates a secret opens."""
    members = Membership.objects.select_related("group__organisation")
    found = members.filter(feed_hash=_hash(token)).first()
    return found.group if found else None


def calendar_of(group: Group, meetings: Iterable[Meeting]) -> bytes:
    """Return a group's dates as a calendar; it names no person.

    A date keeps its id whatever is changed, cancelled ones stay as such. The stamp is
    midnight of today: it must be there, and no time of day is told.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", group.title)
    calendar.add("refresh-interval", LOOK_AGAIN, parameters={"VALUE": "DURATION"})
    stamp = datetime.combine(timezone.localdate(), time(), UTC)
    for meeting in meetings:
        calendar.add_component(_event(group, meeting, stamp))
    content: bytes = calendar.to_ical()
    return content


def _event(group: Group, meeting: Meeting, stamp: datetime) -> Event:
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    begin, end = meeting.span
    event = Event()
    event.add("uid", f"termin-{meeting.pk}@{host}")
    event.add("dtstamp", stamp)
    event.add("sequence", meeting.sequence)
    event.add("dtstart", begin)
    event.add("dtend", end)
    event.add("summary", f"{group.title} ({group.organisation})")
    event.add("location", meeting.place)
    event.add("status", "CANCELLED" if meeting.canceled else "CONFIRMED")
    words = "\n".join(each for each in (meeting.canceled, meeting.note) if each)
    if words:
        event.add("description", words)
    return event


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
