"""Opening a roll call for a country, asking again whoever has not answered, and closing it with a summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, selectinload

from webapp import clock, vocabulary
from webapp.models import Assignment, Placement, RollCall, RollCallPerson, User
from webapp.models.placements import UNDER_WAY_STATES
from webapp.services import audit
from webapp.services.errors import NotFound, Refused
from webapp.services.locks import hold
from webapp.services.moves import move
from webapp.services.one_time_links import Link
from webapp.services.relations import check_vio
from webapp.services.roll_calls import roll_call_letters
from webapp.services.roll_calls.standing import HELP, HOST_ONLY, SAFE, UNHEARD, standing_of
from webapp.words import lazy

LEAD = "roll_call.lead"  # the action in the table of permissions

SOON_DAYS = 7  # who begins within these days is asked too, as not there yet
MINUTES_BETWEEN = 15  # letters to the same people
HOURS = (1, 3, 6, 12, 24)
LONGEST = 2000


@dataclass(frozen=True)
class Opening:
    """What a coordinator says when a roll call is opened; `hours` unanswered are marked."""

    country: str
    words: str = ""
    hours: int = 6


def open_call(
    session: Session, account: User, opening: Opening, volunteer_link: Link, host_link: Link, today: date | None = None
) -> RollCall:
    """Ask everybody of the VIO's placements in a country, sent or received, and their hosts; each by an own link."""
    vio_id = check_vio(account, LEAD, account.vio_id)
    if opening.hours not in HOURS:
        raise Refused(lazy("Choose after how many hours without an answer somebody is marked."))
    if len(opening.words) > LONGEST:
        raise Refused(lazy("This is too long: write at most %(most)s characters.", most=LONGEST))
    here = placements_in(session, vio_id, opening.country, today or clock.today())
    if not here:
        raise Refused(lazy("Nobody of your placements is in this country now, or begins there within a week."))
    hold(session, *here)  # two who open one at the same moment come one after the other
    if open_in(session, account, opening.country) is not None:
        raise Refused(lazy("A roll call is open for this country already. Reload the page."))
    made = RollCall(vio_id=vio_id, country=opening.country, state="open", words=opening.words.strip())
    made.hours, made.opened_by, made.opened_at = opening.hours, account, clock.now()
    session.add(made)
    audit.record(session, account, "roll_call_open", made, country=opening.country, people=len(here))
    ask_first(session, made, here, volunteer_link, host_link)
    return made


def ask_first(
    session: Session, call: RollCall, here: Sequence[Placement], volunteer_link: Link, host_link: Link
) -> None:
    """Put people on the list of a roll call and write to them, and to the offices that share them."""
    new = [RollCallPerson(placement=one, is_there=one.state in UNDER_WAY_STATES, asked_at=clock.now()) for one in here]
    call.people.extend(new)
    session.flush()
    for person in new:
        roll_call_letters.ask(session, call, person, volunteer_link, host_link)
    roll_call_letters.tell_other_offices(session, call, new)


def came_since(session: Session, call: RollCall, today: date | None = None) -> Sequence[Placement]:
    """Return the placements that came to be in the country since the roll call was opened, and were not asked yet."""
    asked = {person.placement_id for person in call.people}
    here = placements_in(session, call.vio_id, call.country, today or clock.today())
    return [one for one in here if one.id not in asked]


def placements_in(session: Session, vio_id: int, country: str, today: date) -> Sequence[Placement]:
    """Return the VIO's placements, sent or received, whose people are in a country now or begin there within a week.

    One that should be over but was not completed counts: somebody may still be there.
    """
    query = select(Placement).join(Assignment, Assignment.id == Placement.assignment_id)
    query = query.where(_of(vio_id), Assignment.country == country, _is_there(today))
    return session.scalars(query.order_by(Placement.id)).all()


def countries(session: Session, account: User, today: date) -> dict[str, int]:
    """Return for each country how many people would be asked."""
    vio_id = check_vio(account, LEAD, account.vio_id)
    query = select(Assignment.country).join(Placement, Placement.assignment_id == Assignment.id)
    found = Counter(session.scalars(query.where(_of(vio_id), _is_there(today))))
    names = {code: vocabulary.country_name(code, "en") for code in found if code}
    return {code: found[code] for code in sorted(names, key=names.__getitem__)}


def repeat(session: Session, account: User, call: RollCall, volunteer_link: Link, host_link: Link) -> int:
    """Write once more to those of whom nobody has heard, and to their hosts, and for the first time to who came since;
    return to how many.
    """
    check_vio(account, LEAD, call.vio_id)
    hold(session, call)
    _check_open(call)
    now, came = clock.now(), came_since(session, call)
    asked = len(came)
    for person in call.people:
        person.is_there = person.placement.state in UNDER_WAY_STATES  # who was to begin may have come
        if standing_of(person).kind in (UNHEARD, HOST_ONLY) and is_due(person, now):
            roll_call_letters.ask(session, call, person, volunteer_link, host_link)
            asked += 1
    ask_first(session, call, came, volunteer_link, host_link)
    if not asked:
        raise Refused(lazy("Everybody has answered, or has had a letter within the last quarter of an hour."))
    audit.record(session, account, "roll_call_repeated", call, people=asked, came=len(came))
    return asked


def is_due(person: RollCallPerson, now: datetime) -> bool:
    """Whether the last letter about somebody is long enough ago for another one."""
    return max(link.sent_at for link in person.links) <= now - timedelta(minutes=MINUTES_BETWEEN)


def close(session: Session, account: User, call: RollCall, summary: str) -> None:
    """Close it with a summary in words; its links stop working, and the numbers stay."""
    check_vio(account, LEAD, call.vio_id)
    if not summary.strip() or len(summary) > LONGEST:
        raise Refused(lazy("Write in a few sentences how it ended, also for those of whom you have not heard."))
    hold(session, call)
    _check_open(call)
    call.numbers = numbers_of(call)
    call.summary, call.closed_at, call.closed_by_id = summary.strip(), clock.now(), account.id
    move(session, account, call, "closed", **call.numbers)


def numbers_of(call: RollCall) -> dict[str, int]:
    """Return how many were asked, and how they stand."""
    if call.state == "closed":
        return dict(call.numbers)
    kinds = Counter(standing_of(person).kind for person in call.people)
    return {"asked": len(call.people), **{kind: kinds[kind] for kind in (SAFE, HOST_ONLY, HELP, UNHEARD)}}


def calls_of(session: Session, account: User) -> Sequence[RollCall]:
    """Return the VIO's roll calls, open ones first, then the newest."""
    check_vio(account, LEAD, account.vio_id)
    query = select(RollCall).where(RollCall.vio_id == account.vio_id)
    query = query.options(selectinload(RollCall.people).selectinload(RollCallPerson.answers))
    return session.scalars(query.order_by(RollCall.state == "closed", RollCall.id.desc())).all()


def call_for(session: Session, account: User, call_id: int) -> RollCall:
    """Return one roll call of the own VIO."""
    found = session.get(RollCall, call_id)
    if found is None:
        raise NotFound
    check_vio(account, LEAD, found.vio_id)
    return found


def open_in(session: Session, account: User, country: str) -> RollCall | None:
    """Return the VIO's roll call that is open for a country."""
    mine = (RollCall.vio_id == account.vio_id, RollCall.country == country, RollCall.state == "open")
    return session.scalars(select(RollCall).where(*mine).limit(1)).first()


def _of(vio_id: int) -> ColumnElement[bool]:
    """Return the condition of placements that a VIO sends or receives."""
    return or_(Placement.sending_vio_id == vio_id, Placement.receiving_vio_id == vio_id)


def _is_there(today: date) -> ColumnElement[bool]:
    """Return the condition that somebody is there in person, or begins within a week."""
    begins = and_(Placement.state == "preparing", Placement.starts_on <= today + timedelta(days=SOON_DAYS))
    in_person = Assignment.mode.is_distinct_from("online")
    return and_(in_person, or_(Placement.state.in_(UNDER_WAY_STATES), begins))


def _check_open(call: RollCall) -> None:
    if call.state != "open":
        raise Refused(lazy("This roll call is closed. Open a new one."))
