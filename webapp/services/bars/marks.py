"""Marks of a person: keyed hashes that tell whether somebody is the same, and nothing of who it is.

The key is the installation's, and the VIO goes into each hash: no list of hashes of addresses fits, and the marks of
one VIO cannot be compared with those of another.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from typing import NamedTuple

from sqlalchemy import delete
from sqlalchemy.orm import Session

from webapp.models import Bar, BarMark, Volunteer

STRONG = frozenset({"email", "phone"})  # by the name alone nobody is taken for somebody else
WITH_DOTS = frozenset({"gmail.com", "googlemail.com"})  # dots in front of the @ mean nothing there
SAME_HOUSE = {"googlemail.com": "gmail.com"}
FEWEST_DIGITS = 8  # less is an extension, or half a number


class Facts(NamedTuple):
    """What of a profile, and of its account, becomes marks."""

    email: str | None
    account_email: str | None
    phone: str | None
    full_name: str
    residence: str | None


def keep(session: Session, bar: Bar, volunteer: Volunteer) -> None:
    """Keep the marks of a person beside the bar."""
    for kind, value in sorted(marks_of(session, volunteer)):
        session.add(BarMark(bar_id=bar.id, kind=kind, hash=value))
    session.flush()


def forget(session: Session, bar: Bar) -> None:
    """Delete the marks: with the bar ends what they are for."""
    session.execute(delete(BarMark).where(BarMark.bar_id == bar.id))


def marks_of(session: Session, volunteer: Volunteer) -> set[tuple[str, str]]:
    """Return the marks that a profile bears now, as (kind, hash)."""
    address = volunteer.user.email if volunteer.user else None
    facts = Facts(volunteer.email, address, volunteer.phone, volunteer.full_name, volunteer.residence)
    return marks_of_facts(session, volunteer.vio_id, facts)


def marks_of_facts(session: Session, vio_id: int, facts: Facts) -> set[tuple[str, str]]:
    """Return the marks that these facts of a profile are, as (kind, hash)."""
    values = {("email", plain_email(one or "")) for one in (facts.email, facts.account_email)}
    values.add(("phone", plain_phone(facts.phone or "")))
    values.add(("name", plain_name(facts.full_name, facts.residence)))
    return {(kind, hash_of(session, vio_id, kind, value)) for kind, value in values if value}


def plain_email(address: str) -> str:
    """Return an address as its house reads it: no capitals, nothing after a plus, no dots where they mean nothing."""
    name, at, house = unicodedata.normalize("NFKC", address).strip().casefold().rpartition("@")
    if not at or not name:
        return ""
    name = name.partition("+")[0]
    if house in WITH_DOTS:
        name = name.replace(".", "")
    return f"{name}@{SAME_HOUSE.get(house, house)}"


def plain_phone(number: str) -> str:
    """Return the digits of a number with its country, blank where it cannot be a whole one."""
    written = unicodedata.normalize("NFKC", number).replace("(0)", "")
    digits = "".join(str(unicodedata.digit(sign)) for sign in written if sign.isdigit())
    digits = digits.removeprefix("00")
    return digits if len(digits) >= FEWEST_DIGITS else ""


def plain_name(name: str, country: str | None) -> str:
    """Return a name with the country, folded: order and case of its words mean nothing; blank without a country."""
    words = re.findall(r"\w+", unicodedata.normalize("NFKC", name).casefold())
    return f"{' '.join(sorted(words))} {country}" if words and country else ""


def hash_of(session: Session, vio_id: int, kind: str, value: str) -> str:
    """Return the hash of a value of some kind within a VIO, under the installation's first key."""
    first = session.info.get("hash_key") or session.info["data_key"]
    key = hashlib.sha256(f"marks {first}".encode()).digest()
    return hmac.new(key, f"{vio_id} {kind} {value}".encode(), hashlib.sha256).hexdigest()
