"""The expectation agreement of a placement: proposed by any side, in force once volunteer and host have signed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from webapp import clock
from webapp.models import Placement, Signature, User, Wording
from webapp.models.placements import UNDER_WAY_STATES
from webapp.services import agreements, audit, signing_letters
from webapp.services.agreement_terms import Term, from_rows
from webapp.services.errors import NotFound, Refused
from webapp.services.locks import hold
from webapp.services.moves import move
from webapp.services.stay_sides import HOST, OFFICE, VOLUNTEER, side_of, signing_side
from webapp.words import Words, lazy

SHORTEST_WORDS = 10  # characters: less does not say what changes, or why not
LONGEST_OWN = 1000  # characters of what is written in for one term
EXTRA = "extra"  # what both agree beyond the terms of the assignment
# Whoever holds the placement sees what others did while it waited, and not what its page had read before.
FRESH = {"populate_existing": True}


@dataclass(frozen=True)
class Standing:
    """How the agreement of a placement stands: every wording, the newest first."""

    wordings: list[Wording]

    @property
    def in_force(self) -> Wording | None:
        """Return the newest wording that both have signed."""
        return next((one for one in self.wordings if one.state == "signed"), None)

    @property
    def waiting(self) -> Wording | None:
        """Return the wording that waits for a signature."""
        return next((one for one in self.wordings if one.state == "proposed"), None)

    def waits_for(self, side: str) -> bool:
        """Whether this side (volunteer, host) has yet to sign or to decline."""
        return side != OFFICE and self.waiting is not None and self.waiting.signed_by(side) is None


def standing(session: Session, placement: Placement) -> Standing:
    """Return how the agreement of a placement stands."""
    query = select(Wording).where(Wording.placement_id == placement.id).order_by(Wording.number.desc())
    return Standing(list(session.scalars(query.execution_options(**FRESH))))


def later_day(session: Session, placement: Placement) -> date | None:
    """Return the later last day that is proposed, or signed and not yet in the placement; None where there is none."""
    found = standing(session, placement)
    asked = found.waiting or found.in_force
    return asked.ends_on if asked is not None and asked.ends_on > placement.ends_on else None


def wording(session: Session, placement: Placement, number: int) -> Wording:
    """Return a wording by its number; NotFound where there is none."""
    query = select(Wording).where(Wording.placement_id == placement.id, Wording.number == number)
    found = session.scalar(query.execution_options(**FRESH))
    if found is None:
        raise NotFound
    return found


def fingerprint(text: str) -> str:
    """Return the code that changes with every sign of the text."""
    return sha256(text.encode()).hexdigest()


def blanks(wording: Wording) -> list[str]:
    """Return the codes of the terms that the assignment leaves open, which are written in here."""
    found = [term.code for term in from_rows(wording.agreement.terms) if term.missing or term.is_by_hand]
    return [*dict.fromkeys(found), EXTRA]


def begin(session: Session, account: User | None, placement: Placement) -> Wording:
    """Put the first wording before both sides: the agreement as it stands, and the dates of the offer."""
    return _add(session, account, placement, placement.ends_on, {}, "", OFFICE)


def terms_in_force(session: Session, placement: Placement) -> list[Term]:
    """Return the terms that both sides have signed; nothing where they have not."""
    return terms_of_many(session, [placement]).get(placement.id, [])


def terms_of_many(session: Session, placements: Sequence[Placement]) -> dict[int, list[Term]]:
    """Return the terms that both sides have signed, by the id of the placement; of a whole list in one query."""
    query = select(Wording).where(Wording.placement_id.in_({one.id for one in placements}), Wording.state == "signed")
    query = query.order_by(Wording.number).options(selectinload(Wording.agreement))
    found = session.scalars(query.execution_options(**FRESH))
    return {one.placement_id: from_rows(one.agreement.terms) for one in found}  # the newest last


def propose(
    session: Session,
    account: User,
    placement: Placement,
    own: Mapping[str, str],
    words: str,
    ends_on: date | None = None,
) -> Wording:
    """Propose another wording: what is written in for terms, and a later last day once the placement has begun.

    It takes the place of one that waits; what is in force stays so until both have signed. `words` say what changes.
    """
    side = side_of(account, placement)
    hold(session, placement.assignment, placement)
    if not placement.is_running:
        raise Refused(lazy("The placement is over, so its agreement does not change any more."))
    found = standing(session, placement)
    before = found.in_force or found.waiting
    own = {code: text.strip() for code, text in own.items() if text.strip()}
    last = ends_on or (before.ends_on if before else placement.ends_on)
    _check_proposal(placement, before, own, words, last)
    if found.waiting is not None:
        _end(session, account, found.waiting, "replaced")
    proposed = _add(session, account, placement, last, own, words.strip(), side, before)
    signing_letters.tell_proposed(session, account, placement, side, proposed)
    return proposed


def sign(
    session: Session,
    account: User,
    placement: Placement,
    number: int,
    name: str,
    text: str,
    language: str,
    shown: str,
) -> Wording:
    """Sign wording `number` with a typed name. `text` is how it reads in `language`, `shown` what its page said it was.

    Refused where the text reads differently since it was shown: one signs what one has read.
    """
    side = signing_side(account, placement)
    hold(session, placement)
    found = _open(session, placement, number)
    if found.signed_by(side) is not None:
        raise Refused(lazy("Your side has signed this already."))
    if not name.strip():
        raise Refused(lazy("Type your name to sign."))
    if fingerprint(text) != shown:
        raise Refused(lazy("The text has changed since you opened it. Read it again, then sign."))
    signature = Signature(
        side=side,
        user_id=account.id,
        name=name,
        language=language,
        text=text,
        fingerprint=shown,
        signed_at=clock.now(),
    )
    found.signatures.append(signature)
    audit.record(session, account, "wording_signature", found, placement.receiving_vio_id, side=side, print=shown)
    signing_letters.send_copy(session, placement, found, signature)
    if len(found.signatures) == len((VOLUNTEER, HOST)):
        _end(session, account, found, "signed")
        signing_letters.tell_signed(session, account, placement, found)
    return found


def decline(session: Session, account: User, placement: Placement, number: int, words: str) -> Wording:
    """Say no to a wording, with the reason; what is in force stays so."""
    side = side_of(account, placement)
    hold(session, placement)
    found = _open(session, placement, number)
    if len(words.strip()) < SHORTEST_WORDS:
        raise Refused(lazy("Say in a sentence why, and what would be right for you."))
    found.answer_words = words.strip()
    _end(session, account, found, "declined", side=side)
    signing_letters.tell_declined(session, account, placement, side, found)
    return found


def obstacles(session: Session, placement: Placement) -> list[Words]:
    """Return whose signature is missing before the placement can start."""
    found = standing(session, placement)
    if found.in_force is not None:
        return []
    if found.waiting is None:
        return [lazy("No agreement waits to be signed. Propose a wording.")]
    missing = {
        VOLUNTEER: lazy("The volunteer has not signed the agreement yet."),
        HOST: lazy("The host has not signed the agreement yet."),
    }
    return [words for side, words in missing.items() if found.waits_for(side)]


def check_agreed(session: Session, placement: Placement, ends_on: date) -> None:
    """Raise Refused unless both sides have signed this last day."""
    found = standing(session, placement).in_force
    if found is None or found.ends_on != ends_on:
        raise Refused(
            lazy("Volunteer and host sign the later day first. Propose it in the agreement, then extend here.")
        )


def _check_proposal(
    placement: Placement, before: Wording | None, own: Mapping[str, str], words: str, last: date
) -> None:
    if before is not None and set(own) - set(blanks(before)):
        raise Refused(lazy("One of these terms is not open. Reload the page."))
    if any(len(text) > LONGEST_OWN for text in own.values()):
        raise Refused(lazy("Keep each term below %(most)s characters.", most=LONGEST_OWN))
    if len(words.strip()) < SHORTEST_WORDS:
        raise Refused(lazy("Say in a sentence what changes, and why."))
    if before is None:
        return
    if last != before.ends_on and placement.state not in UNDER_WAY_STATES:
        raise Refused(lazy("The last day can be moved once the placement has begun."))
    if last < placement.ends_on:
        raise Refused(lazy("It goes until %(day)s. Choose that day or a later one.", day=placement.ends_on))
    if last == before.ends_on and own == before.own:
        raise Refused(lazy("Nothing changes in this wording. Change a term or the last day."))


def _add(
    session: Session,
    account: User | None,
    placement: Placement,
    ends_on: date,
    own: dict[str, str],
    words: str,
    side: str,
    before: Wording | None = None,
) -> Wording:
    session.flush()
    is_signed = before is not None and before.state == "signed"
    # What was signed stays the ground: a later wording of the assignment binds nobody who is there already.
    ground = before.agreement if is_signed and before else agreements.standing(session, placement.assignment)
    now, count = clock.now(), len(standing(session, placement).wordings)
    added = Wording(
        placement=placement,
        number=count + 1,
        agreement=ground,
        kind=placement.offer.kind,
        starts_on=placement.starts_on,
        ends_on=ends_on,
        own=own,
        words=words,
        proposed_side=side,
        state="proposed",
        made_at=now,
        state_at=now,
    )
    session.add(added)
    audit.record(session, account, "wording_proposed", added, placement.receiving_vio_id, side=side)
    return added


def _open(session: Session, placement: Placement, number: int) -> Wording:
    found = wording(session, placement, number)
    if found.state != "proposed" or not placement.is_running:
        raise Refused(lazy("This wording does not wait any more. Reload the page to see how things stand."))
    return found


def _end(session: Session, account: User, found: Wording, state: str, **detail: str) -> None:
    move(session, account, found, state, vio_id=found.placement.receiving_vio_id, **detail)
    found.state_at = clock.now()
    session.flush()
