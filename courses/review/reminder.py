"""A calendar file with the days on which something is due (RFC 5545)."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlsplit

from icalendar import Calendar, Event

PRODUCT = "-//Datenkundig//Wiederholen//DE"


def reminder(days: Iterable[date], *, today: date, title: str, address: str) -> bytes:
    """Return one all-day event for each day; it names no course and no person.

    The same day has the same id in every file, so that importing a newer one makes no
    duplicates. The stamp is midnight of today: no time of day is told.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    host = urlsplit(address).hostname or "localhost"
    for day in days:
        event = Event()
        event.add("uid", f"wiederholen-{day.isoformat()}@{host}")
        event.add("dtstamp", datetime.combine(today, time(), UTC))
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
        event.add("summary", title)
        event.add("url", address)
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content
