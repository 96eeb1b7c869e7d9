"""Days as an iCalendar file (RFC 5545), in the language of whoever subscribed to it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from icalendar import Calendar, Event, vDuration, vText

from webapp.services.calendar_days import Day
from webapp.speech import say
from webapp.words import lazy

READ_AGAIN = timedelta(hours=6)  # how often a calendar may look for news
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)  # SEQUENCE counts the minutes from here to the last change
NAME = lazy("Caravanserai: my days")


def calendar_of(days: Iterable[Day], language: str, base_url: str) -> bytes:
    """Return the file; the same days give the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", "-//Caravanserai//Days//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    for name in ("name", "x-wr-calname"):
        calendar.add(name, say(NAME, language))
    calendar.add("refresh-interval", READ_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(READ_AGAIN))  # of an unknown name the library would not know the type
    for day in days:
        calendar.add_component(_event(day, language, base_url))
    return bytes(calendar.to_ical())


def _event(day: Day, language: str, base_url: str) -> Event:
    event = Event()
    event.add("uid", f"{day.key}@{urlsplit(base_url).hostname}")
    event.add("dtstamp", day.changed_at)
    event.add("last-modified", day.changed_at)
    event.add("sequence", max(0, int((day.changed_at - BEGINNING).total_seconds()) // 60))
    event.add("dtstart", day.on)
    event.add("dtend", day.on + timedelta(days=1))  # a whole day ends where the next one begins
    event.add("summary", vText(say(day.words, language), params={"LANGUAGE": language}))
    event.add("url", f"{base_url}/home")
    event.add("transp", "TRANSPARENT")  # nobody is busy because of it
    event.add("class", "PRIVATE")
    return event
