"""Coming again: a letter at most once a month, only of what fits, and only with both consents."""

from __future__ import annotations

from datetime import timedelta

from tests.alumni import make_alumnus, make_newcomer, make_served
from tests.factories import AnySession, make_application, make_assignment, make_host, make_volunteer
from tests.stays import user_of
from webapp import clock
from webapp.models import Alumnus, Mail
from webapp.models.consents import MATCHING
from webapp.services import consents, ranking
from webapp.services.alumni import membership, returns
from webapp.services.alumni.membership import Choice

PROFILE = "https://here.example/profile"


def _told(session: AnySession, after: int) -> int:
    today = clock.today() + timedelta(days=after)
    return returns.tell_due(session, today, lambda one: f"https://here.example/{one}", PROFILE)


def _alumnus(session: AnySession) -> Alumnus:
    alumnus = make_alumnus(session)
    for title in ("Nurse for the coast", "Nurse for the hills", "Nurse for the town", "Nurse for the lake"):
        make_assignment(session, make_host(session, alumnus.volunteer.vio), title=title)
    ranking.rank_volunteer(session, alumnus.volunteer)
    return alumnus


def _letters(session: AnySession) -> list[str]:
    return [one.body for one in session.query(Mail).filter_by(subject="Openings that fit you")]


def test_a_letter_goes_at_most_once_a_month_with_up_to_three_openings(session: AnySession) -> None:
    _alumnus(session)
    assert [_told(session, after) for after in (0, 29, 30, 31, 59, 60)] == [0, 0, 1, 0, 0, 1]
    body = _letters(session)[0]
    assert body.count("https://here.example/") == 4 and PROFILE in body, "three openings and the profile"


def test_who_is_not_matched_or_away_or_did_not_tick_gets_none(session: AnySession) -> None:
    unmatched, silent = _alumnus(session), _alumnus(session)
    consents.withdraw(session, user_of(unmatched.volunteer), unmatched.volunteer, MATCHING)
    membership.keep(session, user_of(silent.volunteer), silent.volunteer, Choice(may_mentor=True))
    closed = _alumnus(session)
    user_of(closed.volunteer).active = False
    session.flush()
    assert _told(session, 40) == 0


def test_where_nothing_fits_no_letter_goes_and_the_next_look_is_tomorrow(session: AnySession) -> None:
    alumnus = make_alumnus(session, skills={"WAT-01": 2}, languages={"ru": "N"})
    before = alumnus.told_on
    assert _told(session, 40) == 0 and alumnus.told_on == before


def test_a_host_reads_of_a_return_only_with_the_tick_and_only_for_the_same_office(session: AnySession) -> None:
    alumnus = make_alumnus(session)
    person = alumnus.volunteer
    here = make_assignment(session, make_host(session, membership.completed(session, person)[0].receiving_vio))
    elsewhere = make_assignment(session)
    make_application(session, person, here)
    assert returns.has_served_here(session, person, here)
    assert not returns.has_served_here(session, person, elsewhere)
    assert not returns.has_served_here(session, make_volunteer(session, person.vio), here)
    membership.keep(session, user_of(person), person, Choice(may_mentor=True))
    assert not returns.has_served_here(session, person, here)
    untold, newcomer = make_served(session, here), make_newcomer(session, here)
    for one in (untold, newcomer):
        assert not returns.has_served_here(session, one.volunteer, here)
