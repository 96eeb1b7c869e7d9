"""What a bar does to what runs: offers, applications and mentoring end, stays wait for a decision. And the way back."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import (
    Application,
    Assignment,
    Bar,
    BarAppeal,
    BarLikeness,
    HeldStay,
    Offer,
    Placement,
    User,
    Volunteer,
)
from webapp.models.applications import LIVE_APPLICATION_STATES
from webapp.models.placements import RUNNING_PLACEMENT_STATES
from webapp.services import companions, holds, offers, ranking, stays
from webapp.services.alumni import endings
from webapp.services.bars import bar_side_letters, marks, sight
from webapp.services.locks import hold
from webapp.services.moves import move
from webapp.services.placement_reasons import PERSON_STOPPED
from webapp.services.recruitment import alumni_references


def hold_everything(session: Session, volunteer: Volunteer) -> None:
    """Hold what a bar touches, in the order in which rows are held."""
    touched = select(Application.assignment_id).where(
        Application.volunteer_id == volunteer.id, Application.state.in_(LIVE_APPLICATION_STATES)
    )
    works = session.scalars(select(Assignment).where(Assignment.id.in_(touched)).order_by(Assignment.id)).all()
    hold(session, *works, volunteer)


def live_applications(session: Session, volunteer: Volunteer) -> list[Application]:
    """Return the applications that a bar ends: those that run and from which no placement came."""
    mine = (Application.volunteer_id == volunteer.id, Application.state.in_(LIVE_APPLICATION_STATES))
    found = session.scalars(select(Application).where(*mine).order_by(Application.id)).all()
    return stays.without_placement(session, found)


def running_placements(session: Session, volunteer: Volunteer) -> Sequence[Placement]:
    """Return the person's placements that are not over."""
    mine = (Placement.volunteer_id == volunteer.id, Placement.state.in_(RUNNING_PLACEMENT_STATES))
    return session.scalars(select(Placement).where(*mine).order_by(Placement.starts_on, Placement.id)).all()


def stop(
    session: Session, account: User | None, bar: Bar, volunteer: Volunteer
) -> tuple[list[Application], Sequence[Placement]]:
    """End offers, applications and mentoring, and list stays for a decision; return what ended, and the stays."""
    made = select(Offer).where(Offer.volunteer_id == volunteer.id, Offer.state == "made").order_by(Offer.id)
    told = offers.withdraw_for(session, account, session.scalars(made).all(), PERSON_STOPPED)
    alumni_references.end_all(session, account, volunteer)
    ended = live_applications(session, volunteer)
    for application in ended:
        application.reason_code, application.state_at = PERSON_STOPPED, clock.now()
        move(session, account, application, "declined", reason=PERSON_STOPPED)
        companions.tell_of_end(session, application, [one for one in told if one.assignment is application.assignment])
    endings.end_of(session, volunteer)
    running = running_placements(session, volunteer)
    holds.hold_stays(session, account, running, bar)
    bar_side_letters.tell_of_ended(session, account, ended)
    bar_side_letters.tell_of_stays(session, account, running)
    return ended, running


def let_go_on(session: Session, account: User | None, bar: Bar) -> list[Volunteer]:
    """Forget the marks, close appeals, and free the person's profiles and stays; return the profiles that are free."""
    marks.forget(session, bar)
    holds.release(session, account, bar)
    _close_appeals(session, account, bar)
    likenesses = session.scalars(select(BarLikeness).where(BarLikeness.bar_id == bar.id)).all()
    people = [bar.volunteer, *(one.volunteer for one in likenesses if one.state == "same")]
    for one in likenesses:
        if one.state == "waiting":
            session.delete(one)
    session.flush()
    return [volunteer for volunteer in people if volunteer is not None and _free(session, account, bar, volunteer)]


def let_one_go(session: Session, account: User, bar: Bar, volunteer: Volunteer) -> bool:
    """Free a profile that was taken for the barred person's, with its stays; return whether it is free now."""
    holds.release(session, account, bar, volunteer)
    _close_appeals(session, account, bar, volunteer)
    return _free(session, account, bar, volunteer)


def _free(session: Session, account: User | None, bar: Bar, volunteer: Volunteer) -> bool:
    """Let a profile be matched again and tell those who heard of the bar, unless another one stands."""
    if sight.standing_for(session, volunteer) is not None:
        return False
    volunteer.barred_at = None
    session.flush()
    ranking.rank_volunteer(session, volunteer)
    bar_side_letters.tell_of_end(session, account, _held(session, bar, volunteer), _ended(session, bar, volunteer))
    return True


def _held(session: Session, bar: Bar, volunteer: Volunteer) -> Sequence[Placement]:
    """Return the person's stays that the bar held, whatever became of them."""
    query = select(Placement).join(HeldStay, HeldStay.placement_id == Placement.id)
    query = query.where(HeldStay.bar_id == bar.id, Placement.volunteer_id == volunteer.id)
    return session.scalars(query.order_by(Placement.id)).all()


def _ended(session: Session, bar: Bar, volunteer: Volunteer) -> Sequence[Application]:
    """Return the person's applications that the bar ended."""
    query = select(Application).where(
        Application.volunteer_id == volunteer.id,
        Application.reason_code == PERSON_STOPPED,
        Application.state_at >= bar.confirmed_at,
    )
    return session.scalars(query.order_by(Application.id)).all()


def _close_appeals(session: Session, account: User | None, bar: Bar, volunteer: Volunteer | None = None) -> None:
    """Close the appeals (of one profile) that wait: there is nothing left to answer, and a letter says why."""
    waiting = select(BarAppeal).where(BarAppeal.bar_id == bar.id, BarAppeal.state == "waiting")
    if volunteer is not None:
        waiting = waiting.where(BarAppeal.volunteer_id == volunteer.id)
    for one in session.scalars(waiting.order_by(BarAppeal.id)).all():
        one.decided_at = clock.now()
        move(session, account, one, "closed", bar=bar.id)
