"""Verifying a host organization: every item is needed, it holds for two years, and it can be taken back."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Assignment, Host, User, Verification
from webapp.services.correspondence import write_to_host
from webapp.services.delegations import own_hosts, relation_to_work
from webapp.services.errors import Refused
from webapp.services.letter_kinds import PUBLISHING
from webapp.services.locks import hold
from webapp.services.moves import move
from webapp.words import Words, lazy

VALID_YEARS = 2

ITEMS: dict[str, Words] = {
    "registration_seen": lazy("Say which registration document you saw, with its number and who issued it."),
    "reference_one_said": lazy("Write what the first reference said."),
    "reference_two_said": lazy("Write what the second reference said."),
    "called_on": lazy("Call the organization and give the day of the call, not a day to come."),
    "call_note": lazy("Note what you learned in the call."),
    "safeguarding_person": lazy("Name the person responsible for safeguarding."),
    "conduct_policy_seen": lazy("See the conduct policy, signed by the organization."),
}


@dataclass(frozen=True)
class Evidence:
    """What a coordinator looked at; each field is an item of ITEMS."""

    registration_seen: str = ""
    reference_one_said: str = ""
    reference_two_said: str = ""
    called_on: date | None = None
    call_note: str = ""
    safeguarding_person: str = ""
    conduct_policy_seen: bool = False


def missing_items(evidence: Evidence, today: date) -> dict[str, Words]:
    """Return what is still needed, item by item, with what to do."""
    given = {item: (value.strip() if isinstance(value, str) else value) for item, value in asdict(evidence).items()}
    if evidence.called_on is not None and evidence.called_on > today:
        given["called_on"] = None
    return {item: words for item, words in ITEMS.items() if not given[item]}


def valid_until(today: date) -> date:
    """Return the last day of a verification given today; 29 February ends on the 28th."""
    year = today.year + VALID_YEARS
    is_leap_day = (today.month, today.day) == (2, 29)
    return date(year, 2, 28) if is_leap_day else today.replace(year=year)


def has_run_out(host: Host, today: date) -> bool:
    """Whether the host was verified, and its day has passed."""
    return host.state == "verified" and not host.keeps_verification(today)


def verify_host(session: Session, account: User, host: Host, evidence: Evidence, today: date) -> Verification:
    """Verify `host` for two years; Refused where an item is missing."""
    if missing := missing_items(evidence, today):
        raise Refused(next(iter(missing.values())))
    hold(session, host)
    if host.state != "asked":  # a renewal, or an imported host that never asked itself
        move(session, account, host, "asked", by="coordinator")
    host.verified_until = valid_until(today)
    move(session, account, host, "verified", until=host.verified_until.isoformat())
    host.safeguarding_person = evidence.safeguarding_person.strip()
    decision = _record(session, account, host, passed=True, reason="", evidence=evidence)
    write_to_host(
        session,
        host,
        PUBLISHING,
        lazy("%(host)s is verified", host=host.name),
        lazy(
            "Good news: %(host)s is verified until %(day)s. You can now send assignments for publication.",
            host=host.name,
            day=host.verified_until,
        ),
    )
    return decision


def decline_host(session: Session, account: User, host: Host, reason: str, evidence: Evidence) -> Verification:
    """Decline, or take back, a verification with words to the host; what was published is stopped at once."""
    if not reason.strip():
        raise Refused(lazy("Write to the organization why, and what it can do."))
    _check_reaches_all(session, account, host)
    hold(session, host)
    was_verified = host.state == "verified"
    move(session, account, host, "declined", was_verified=was_verified)
    host.verified_until = None
    decision = _record(session, account, host, passed=False, reason=reason.strip(), evidence=evidence)
    stopped = _stop_publication(session, account, host, reason.strip()) if was_verified else 0
    write_to_host(
        session,
        host,
        PUBLISHING,
        lazy("About the verification of %(host)s", host=host.name),
        lazy(
            "We could not keep or give the verification of %(host)s.\n\n%(reason)s\n\n"
            "Assignments that are no longer public: %(stopped)s. You can ask again when things have changed.",
            host=host.name,
            reason=reason.strip(),
            stopped=stopped,
        ),
    )
    return decision


def _check_reaches_all(session: Session, account: User, host: Host) -> None:
    """Raise Refused where this would stop work in countries that are not delegated to the account."""
    public = select(Assignment).where(Assignment.host_id == host.id, Assignment.state == "open")
    if any(relation_to_work(account, one) is None for one in session.scalars(public)):
        raise Refused(lazy("This host has work for which you do not act. A colleague who acts for all of it decides."))


def _record(
    session: Session, account: User, host: Host, *, passed: bool, reason: str, evidence: Evidence
) -> Verification:
    decision = Verification(
        host_id=host.id,
        decided_by_id=account.id,
        decided_at=clock.now(),
        passed=passed,
        reason=reason,
        **{item: value.strip() if isinstance(value, str) else value for item, value in asdict(evidence).items()},
    )
    session.add(decision)
    session.flush()
    session.expire(host, ["verifications"])
    return decision


def _stop_publication(session: Session, account: User, host: Host, reason: str) -> int:
    """Take the host's open assignments out of publication; return how many."""
    query = select(Assignment).where(Assignment.host_id == host.id, Assignment.state == "open")
    assignments = list(session.scalars(query))
    for assignment in assignments:
        assignment.words_to_host = reason
        move(session, account, assignment, "changes_requested", because="host_not_verified")
    return len(assignments)


def hosts_of_vio(session: Session, account: User, state: str = "") -> list[Host]:
    """Return the VIO's host organizations, those that asked first, then by name."""
    query = select(Host).where(own_hosts(account))
    if state:
        query = query.where(Host.state == state)
    return list(session.scalars(query.order_by(Host.state != "asked", Host.name, Host.id)))
