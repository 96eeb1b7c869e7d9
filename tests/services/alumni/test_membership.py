"""Joining the alumni: only after a completed placement, tick by tick, and gone at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from tests.alumni import EVERYTHING, make_alumnus, make_mentored, make_served
from tests.factories import AnySession, make_application, make_assignment, make_volunteer
from tests.stays import coordinator_of, make_active, user_of
from webapp import clock
from webapp.models import Alumnus, Mail
from webapp.models.consents import ALUMNI
from webapp.services import consents, debriefs, placements
from webapp.services.alumni import contacts, invitations, membership
from webapp.services.alumni.membership import Choice
from webapp.services.audit import history_of
from webapp.services.consent_wordings import VERSIONS
from webapp.services.errors import NotFound, Refused
from webapp.services.timeline import Next, next_step


def test_who_has_completed_a_placement_joins_with_a_consent_of_its_own(session: AnySession) -> None:
    placement = make_served(session)
    person, account = placement.volunteer, user_of(placement.volunteer)
    assert membership.may_join(session, person)
    membership.keep(session, account, person, Choice(may_mentor=True, most_mentees=3))
    consent = consents.standing(session, person, ALUMNI)
    assert consent is not None and (consent.version, consent.given_on) == (VERSIONS[ALUMNI], clock.today())
    kept = membership.of(session, person)
    assert kept is not None and (kept.may_mentor, kept.may_be_asked, kept.most_mentees) == (True, False, 3)
    assert history_of(session, person)[-1].detail == {"ticks": ["may_mentor"]}
    membership.keep(session, account, person, Choice(shows_return=True))
    assert session.query(Alumnus).count() == 1
    assert [one.purpose for one in consents.history(session, person)].count(ALUMNI) == 1


def test_leaving_takes_everything_with_it_and_no_application(session: AnySession) -> None:
    mentorship = make_mentored(session)
    person, account = mentorship.mentor, user_of(mentorship.mentor)
    application = make_application(session, person, make_assignment(session))
    membership.leave(session, account, person)
    assert membership.of(session, person) is None and consents.standing(session, person, ALUMNI) is None
    assert mentorship.state == "ended" and application.state == "submitted"
    assert membership.may_join(session, person)
    membership.leave(session, account, person)


def test_who_has_not_completed_a_placement_cannot_join(session: AnySession) -> None:
    running = make_active(session)
    early = make_active(session)
    who = coordinator_of(session, early.receiving_vio)
    placements.end_early(session, who, early, "family", "We are sorry that it came to this; call us.")
    for person in (make_volunteer(session), running.volunteer, early.volunteer):
        assert not membership.may_join(session, person)
        with pytest.raises(Refused, match="completed"):
            membership.keep(session, user_of(person), person, EVERYTHING)


@pytest.mark.parametrize("odd", [Choice(), Choice(may_mentor=True, most_mentees=0), Choice(True, most_mentees=6)])
def test_odd_choices_are_refused(session: AnySession, odd: Choice) -> None:
    placement = make_served(session)
    with pytest.raises(Refused):
        membership.keep(session, user_of(placement.volunteer), placement.volunteer, odd)
    assert membership.of(session, placement.volunteer) is None


def test_nobody_joins_for_somebody_else(session: AnySession) -> None:
    person = make_served(session).volunteer
    for account in (user_of(make_volunteer(session)), coordinator_of(session, person.vio)):
        for act in (
            lambda who: membership.keep(session, who, person, EVERYTHING),
            lambda who: membership.leave(session, who, person),
        ):
            with pytest.raises(NotFound):
                act(account)


def test_the_timeline_offers_it_after_the_debrief(session: AnySession) -> None:
    placement = make_served(session)
    application = placement.offer.application
    assert next_step(session, application) == Next("debrief")
    debriefs.give(session, user_of(placement.volunteer), placement, 5, 5)
    assert next_step(session, application) == Next("alumni")
    membership.keep(session, user_of(placement.volunteer), placement.volunteer, EVERYTHING)
    assert next_step(session, application) is None


def test_one_letter_offers_it_some_weeks_later(session: AnySession) -> None:
    placement, now = make_served(session), clock.now()
    joined = make_alumnus(session)
    left = make_alumnus(session)
    membership.leave(session, user_of(left.volunteer), left.volunteer)
    for after, letters in ((27, 0), (29, 1), (40, 0), (200, 0)):
        with time_machine.travel(now + timedelta(days=after)):
            assert invitations.offer_due(session, clock.now()) == letters
    found = session.query(Mail).filter_by(subject="Stay in touch: the alumni").all()
    assert [one.to for one in found] == [user_of(placement.volunteer).email]
    assert (joined.volunteer.email or "") not in found[0].body


def test_pages_offer_it_for_half_a_year_and_never_to_who_left(session: AnySession) -> None:
    fresh, left = make_served(session).volunteer, make_alumnus(session).volunteer
    membership.leave(session, user_of(left), left)
    assert membership.is_offered(session, fresh) and not membership.is_offered(session, left)
    with time_machine.travel(clock.now() + timedelta(days=184)):
        assert not membership.is_offered(session, fresh) and membership.may_join(session, fresh)


def test_only_the_offices_of_a_stay_see_who_may_be_asked(session: AnySession) -> None:
    alumnus = make_alumnus(session)
    make_alumnus(session, choice=Choice(may_mentor=True))
    person = alumnus.volunteer
    make_served(session, make_assignment(session), person)  # elsewhere: that office may ask too
    for vio in (person.vio, *(one.receiving_vio for one in membership.completed(session, person))):
        found = contacts.who_may_be_asked(session, coordinator_of(session, vio))
        assert [one.volunteer_id for one in found] == [person.id]
    assert contacts.who_may_be_asked(session, coordinator_of(session, make_assignment(session).vio)) == []
    with pytest.raises(NotFound):
        contacts.who_may_be_asked(session, user_of(person))
