"""The competencies that a VIO scores in its interviews, in versions, so that a card stays with what it scored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Application, CompetencyList, Scorecard, User, Vio
from webapp.services import audit
from webapp.services.errors import Refused
from webapp.services.recruitment.competencies import COMPETENCIES, Competency
from webapp.services.relations import check_vio
from webapp.words import Words, lazy

LEAST, MOST = 3, 7
LONGEST_NAME, LONGEST_ASK = 80, 300  # characters
# What a score means of a competency that a VIO names itself.
ANCHORS = (
    lazy("nothing of it was heard"),
    lazy("some of it, with doubts"),
    lazy("clearly, with an example"),
    lazy("strongly, with several examples"),
)


@dataclass(frozen=True)
class Asked:
    """What is scored of one applicant; `number` is the version of the VIO's own list, None for the common one."""

    number: int | None
    competencies: dict[str, Competency]


@dataclass(frozen=True)
class Entry:
    """One competency as a coordinator wrote it: its name, and what to ask about."""

    name: str
    ask: str


def in_force(session: Session, vio_id: int | None) -> CompetencyList | None:
    """Return the newest list of a VIO; None where it never kept one. One without entries stands for the common list."""
    query = select(CompetencyList).where(CompetencyList.vio_id == vio_id).order_by(CompetencyList.number.desc())
    return session.scalars(query.limit(1)).first()


def entries_of(kept: CompetencyList | None) -> list[Entry]:
    """Return the VIO's own competencies, none where it scores the common ones."""
    return [Entry(**one) for one in kept.entries] if kept else []


def asked_of(session: Session, application: Application) -> Asked:
    """Return what is scored of an applicant: what the first card scored, so that two can be compared, or the newest."""
    vio_id = application.assignment.vio_id
    first = select(Scorecard).where(Scorecard.application_id == application.id).order_by(Scorecard.seat).limit(1)
    card = session.scalar(first)
    if card is None:
        return _asked(in_force(session, vio_id))
    theirs = (CompetencyList.vio_id == vio_id, CompetencyList.number == card.list_number)
    return _asked(session.scalar(select(CompetencyList).where(*theirs)))


def keep(session: Session, account: User, entries: Sequence[Entry]) -> None:
    """Keep these as the next version; none at all: the common list again. Unchanged ones make no version."""
    check_vio(account, "recruitment.ask", account.vio_id)
    entries = [Entry(" ".join(one.name.split()), " ".join(one.ask.split())) for one in entries]
    _check(entries)
    session.get_one(Vio, account.vio_id, with_for_update=True)  # two coordinators at once get two numbers
    newest = in_force(session, account.vio_id)
    if entries_of(newest) == entries:
        return
    number = newest.number + 1 if newest else 1
    made = CompetencyList(
        vio_id=account.vio_id,
        number=number,
        entries=[{"name": one.name, "ask": one.ask} for one in entries],
        made_by_id=account.id,
        made_at=clock.now(),
    )
    session.add(made)
    audit.record(session, account, "competencies_kept", made, number=number, competencies=len(entries))


def _asked(kept: CompetencyList | None) -> Asked:
    if kept is None or not kept.entries:
        return Asked(None, COMPETENCIES)
    own = enumerate(entries_of(kept), 1)
    return Asked(kept.number, {f"own_{kept.number}_{place}": _competency(one) for place, one in own})


def _competency(entry: Entry) -> Competency:
    return Competency(_as_written(entry.name), _as_written(entry.ask), ANCHORS)


def _as_written(text: str) -> Words:
    return Words("%(text)s", {"text": text})


def _check(entries: Sequence[Entry]) -> None:
    if entries and not LEAST <= len(entries) <= MOST:
        raise Refused(
            lazy("Name between %(least)s and %(most)s, or none to use the common ones.", least=LEAST, most=MOST)
        )
    if any(not one.name or len(one.name) > LONGEST_NAME or len(one.ask) > LONGEST_ASK for one in entries):
        words = lazy(
            "Give each a name of at most %(name)s characters, and say in at most %(ask)s what to ask.",
            name=LONGEST_NAME,
            ask=LONGEST_ASK,
        )
        raise Refused(words)
    if len({one.name.casefold() for one in entries}) < len(entries):
        raise Refused(lazy("Two of them have the same name. Change one, or take it out."))
