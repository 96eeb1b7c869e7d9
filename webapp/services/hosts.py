"""A host organization by its own people: what it says of itself, and asking a coordinator to verify it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Host, User
from webapp.services import audit
from webapp.services.correspondence import write_to_coordinators
from webapp.services.errors import NotFound, Refused
from webapp.services.letter_kinds import QUEUE
from webapp.services.moves import move
from webapp.words import Words, lazy

# A verified host is reminded this many days before its verification ends.
RENEWAL_DAYS = 60

OWN_FIELDS = (
    "name",
    "country",
    "location",
    "kind",
    "about",
    "website",
    "contact_name",
    "contact_email",
    "contact_phone",
)
# Under these a coordinator has verified the organization: changing them in passing would borrow the verification.
IDENTITY = ("name", "country", "registration_number")

VERIFICATION_ITEMS: dict[str, Words] = {
    "country": lazy("Say in which country the organization is registered (on the page “Organization”)."),
    "about": lazy("Say in a few sentences what the organization does (on the page “Organization”)."),
    "registration_number": lazy("Give the number of your registration document and who issued it."),
    "reference_one": lazy("Name a first reference and how to reach this person."),
    "reference_two": lazy("Name a second reference, another person than the first, and how to reach this person."),
    "safeguarding_person": lazy("Name the person who is responsible for safeguarding."),
    "conduct_policy_signed_by": lazy("Say who signed the conduct policy."),
    "conduct_policy_signed_on": lazy("Give the day on which the conduct policy was signed, not a day to come."),
}
ASKED_FIELDS = tuple(item for item in VERIFICATION_ITEMS if item not in ("country", "about"))


@dataclass(frozen=True)
class Standing:
    """Where a host stands with its verification: `step` is ask, wait, renew, mend or nothing."""

    step: str
    until: date | None = None
    reason: str = ""  # the coordinator's words where it was declined


def own_host(account: User) -> Host:
    """Return the organization of a host account; NotFound for anyone else."""
    if account.host is None:
        raise NotFound
    return account.host


def locked_fields(host: Host) -> tuple[str, ...]:
    """Return the fields that cannot be changed while a verification stands or is being looked at."""
    return IDENTITY if host.state in ("asked", "verified") else ()


def edit_organization(session: Session, account: User, changes: Mapping[str, object]) -> Host:
    """Keep what the organization says of itself; Refused where a locked field would change or the name is blank."""
    host = own_host(account)
    changes = {name: value for name, value in changes.items() if name in OWN_FIELDS}
    if not str(changes.get("name", host.name) or "").strip():
        raise Refused(lazy("An organization needs a name."))
    for name in locked_fields(host):
        if name in changes and (changes[name] or "") != (getattr(host, name) or ""):
            raise Refused(
                lazy("Name and country are what the coordinator verifies. Write to the coordinator to change them.")
            )
    for name, value in changes.items():
        setattr(host, name, value)
    host.updated_at = clock.now()
    audit.record(session, account, "host_edited", host)
    return host


def missing_for_verification(host: Host, today: date) -> dict[str, Words]:
    """Return what is needed before a coordinator can verify the organization, by field, with what to do."""
    missing = {name: words for name, words in VERIFICATION_ITEMS.items() if not _filled(getattr(host, name))}
    if host.conduct_policy_signed_on is not None and host.conduct_policy_signed_on > today:
        missing["conduct_policy_signed_on"] = VERIFICATION_ITEMS["conduct_policy_signed_on"]
    if host.reference_one and host.reference_one.strip().casefold() == host.reference_two.strip().casefold():
        missing["reference_two"] = VERIFICATION_ITEMS["reference_two"]
    return missing


def keep_verification_items(session: Session, account: User, changes: Mapping[str, object]) -> Host:
    """Keep what was filled in so far, without asking yet."""
    host = own_host(account)
    locked = locked_fields(host)
    for name in ASKED_FIELDS:
        if name in changes and name not in locked:
            setattr(host, name, changes[name])
    host.updated_at = clock.now()
    session.flush()
    return host


def ask_for_verification(session: Session, account: User, today: date | None = None) -> Host:
    """Ask the coordinators to verify the organization, or to renew a verification that still stands."""
    host = own_host(account)
    if missing := missing_for_verification(host, today or clock.today()):
        raise Refused(next(iter(missing.values())))
    if host.state == "verified":  # stays verified while it is renewed, so that nothing published goes away
        audit.record(session, account, "host_renewal_asked", host)
    else:
        move(session, account, host, "asked")
    host.updated_at = clock.now()
    write_to_coordinators(
        session,
        host.vio_id,
        QUEUE,
        lazy("%(host)s asks to be verified", host=host.name),
        lazy(
            "%(host)s has given its registration, two references, the person responsible for safeguarding and a signed "
            "conduct policy, and asks to be verified. It waits in your queue.",
            host=host.name,
        ),
        about=host,
    )
    return host


def standing(host: Host, today: date) -> Standing:
    """Return what the organization has to do next about its verification."""
    if host.state == "declined":
        last = host.verifications[0] if host.verifications else None
        return Standing("mend", reason=last.reason if last else "")
    if host.state == "asked":
        return Standing("wait")
    if host.keeps_verification(today) and host.verified_until is not None:
        is_near_its_end = (host.verified_until - today).days <= RENEWAL_DAYS
        return Standing("renew" if is_near_its_end else "nothing", until=host.verified_until)
    return Standing("renew" if host.state == "verified" else "ask", until=host.verified_until)


def _filled(value: object) -> bool:
    return bool(value.strip()) if isinstance(value, str) else value is not None
