"""Scorecards of an interview: two raters at most, blind to each other until both are in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Application, Scorecard, ScorecardLine, User
from webapp.models.applications import LIVE_APPLICATION_STATES
from webapp.services import audit
from webapp.services.errors import NotFound, Refused
from webapp.services.recruitment import competency_lists
from webapp.services.recruitment.access import check_reads, may_read
from webapp.services.recruitment.competencies import SCORES
from webapp.services.recruitment.interviews import check_own
from webapp.words import Words, lazy

RATERS = 2
LONGEST_NOTE = 1500
WORTH_A_TALK = 2  # scores that lie so far apart


@dataclass(frozen=True)
class Mark:
    """A score from 1 to 4 for one competency, and what it rests on."""

    score: int
    note: str = ""


@dataclass(frozen=True)
class Agreed:
    """How near two raters are on one competency."""

    competency: str
    scores: tuple[int, int]

    @property
    def apart(self) -> int:
        """How many scores lie between them."""
        return abs(self.scores[0] - self.scores[1])

    @property
    def is_worth_a_talk(self) -> bool:
        """Whether the two should talk before anybody decides."""
        return self.apart >= WORTH_A_TALK


@dataclass(frozen=True)
class Cards:
    """What one coordinator may see: the own card; those of others only when all are in."""

    own: Scorecard | None
    shown: list[Scorecard]
    sent: int
    may_rate: bool
    has_notes: bool  # whether the notes beside the scores may be read too

    @property
    def all_in(self) -> bool:
        """Whether both raters have sent their card."""
        return self.sent >= RATERS

    @property
    def agreement(self) -> list[Agreed]:
        """Return how near the raters are, competency by competency; nothing before both are in."""
        if not self.all_in:
            return []
        first, second = (standing(card) for card in self.shown)
        return [Agreed(code, (first[code].score, second[code].score)) for code in first if code in second]


def standing(card: Scorecard) -> dict[str, ScorecardLine]:
    """Return the line that counts for each competency: the newest."""
    return {line.competency: line for line in card.lines}


def cards_of(session: Session, account: User, application: Application) -> Cards:
    """Return the cards of an application as far as `account` may see them now."""
    check_reads(account, application, "scorecards")
    found = _cards(session, application)
    own = next((card for card in found if card.rater_id == account.id), None)
    shown = found if len(found) >= RATERS else [own] if own else []
    may_rate = application.state == "interview" and own is None and len(found) < RATERS
    return Cards(own, shown, len(found), may_rate, may_read(account, application, "notes"))


def send(session: Session, account: User, application: Application, marks: Mapping[str, Mark]) -> Scorecard:
    """Send a card. It is final; what was wrong in it is corrected by a later line."""
    check_own(account, application)
    session.get_one(Application, application.id, with_for_update=True)  # two who send at once take two seats
    cards = cards_of(session, account, application)
    if not cards.may_rate:
        raise Refused(_why_not(cards))
    asked = competency_lists.asked_of(session, application)
    if set(marks) != set(asked.competencies):
        raise Refused(lazy("Give a score for each of them. If you did not talk about it, ask the person first."))
    for mark in marks.values():
        _check(mark)
    now = clock.now()
    card = Scorecard(
        application_id=application.id,
        rater_id=account.id,
        seat=cards.sent + 1,
        list_number=asked.number,
        sent_at=now,
    )
    card.lines = [
        ScorecardLine(competency=code, score=mark.score, note=mark.note.strip(), given_at=now)
        for code, mark in marks.items()
    ]
    session.add(card)
    audit.record(session, account, "scorecard_sent", card, account.vio_id, application=application.id)
    return card


def correct(session: Session, account: User, application: Application, competency: str, mark: Mark) -> ScorecardLine:
    """Put a later line beside an earlier one of the own card; both stay, and the note says why."""
    check_own(account, application)
    own = cards_of(session, account, application).own
    if own is None or competency not in standing(own):
        raise NotFound
    if application.state not in LIVE_APPLICATION_STATES:
        raise Refused(lazy("This application is over. Its scorecards stay as they are."))
    _check(mark)
    if not mark.note.strip():
        raise Refused(lazy("Say why you correct it; both lines stay to be read."))
    line = ScorecardLine(competency=competency, score=mark.score, note=mark.note.strip(), given_at=clock.now())
    own.lines.append(line)
    audit.record(session, account, "scorecard_corrected", own, account.vio_id, application=application.id)
    return line


def _cards(session: Session, application: Application) -> list[Scorecard]:
    query = select(Scorecard).where(Scorecard.application_id == application.id).order_by(Scorecard.seat)
    return list(session.scalars(query))


def _check(mark: Mark) -> None:
    if mark.score not in SCORES:
        raise Refused(lazy("Choose a score from 1 to 4."))
    if len(mark.note) > LONGEST_NOTE:
        raise Refused(lazy("Your note is too long: write at most %(most)s characters.", most=LONGEST_NOTE))


def _why_not(cards: Cards) -> Words:
    if cards.own is not None:
        return lazy("Your scorecard is in. You can correct a line of it.")
    if cards.sent >= RATERS:
        return lazy("Two people have sent their scorecard already. Read both below.")
    return lazy("Scorecards are for interviews. Invite the person first.")
