"""No letter tells a host to sign in that cannot: it carries a link, or says to whom to write."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.factories import AnySession, make_application, make_assignment, make_volunteer
from tests.services.test_debriefs import Tokens
from tests.stays import coordinator_of, make_active, make_placement, user_of
from webapp import clock
from webapp.models import Host, Mail, Match, User
from webapp.services import judgements, placement_letters, ranking, reviews
from webapp.services.by_mail import asking
from webapp.services.joint_letter_words import JOINT_LETTERS
from webapp.services.judgements import Word
from webapp.services.placement_letter_words import LETTERS
from webapp.services.placement_letters import HOST
from webapp.services.reminders import verifications
from webapp.services.safeguarding import help_calls
from webapp.services.safeguarding.help_calls import Cry
from webapp.services.stay_letter_words import STAY_LETTERS

TO_HOSTS = [event for event, letters in (LETTERS | JOINT_LETTERS | STAY_LETTERS).items() if HOST in letters]


def _letters(session: AnySession, host: Host) -> list[Mail]:
    asking.send_due(session, Tokens().keep)
    return session.query(Mail).filter_by(to=host.contact_email).order_by(Mail.id).all()


@pytest.mark.parametrize("event", TO_HOSTS)
def test_letters_about_offers_and_stays(session: AnySession, event: str) -> None:
    placement = make_placement(session)
    asking.send_due(session, str)
    day = clock.today()
    given = {"words": "Words.", "day": day, "before": day, "reason": "A reason.", "names": "A and B", "name": "A"}
    placement_letters.tell(session, None, event, placement, to=[HOST], **given)
    newest = _letters(session, placement.assignment.host)[-1]
    assert "Sign in" not in newest.body
    text = (LETTERS | JOINT_LETTERS | STAY_LETTERS)[event][HOST][1].text.lower()
    assert ("You need no account" in newest.body) == ("sign in" in text)


def test_letters_about_an_assignment(session: AnySession) -> None:
    work = make_assignment(session, state="submitted")
    reviews.ask_for_changes(session, coordinator_of(session, work.vio), work, "Say who looks after people.")
    (letter,) = _letters(session, work.host)
    assert "Sign in" not in letter.body
    assert "Say who looks after people." in letter.body and work.vio.contact_email in letter.body


def test_proposals_carry_a_link(session: AnySession) -> None:
    work = make_assignment(session)
    volunteer = make_volunteer(session, work.vio)
    make_application(session, volunteer, work)
    ranking.rank_assignment(session, work)
    match = session.query(Match).filter_by(assignment_id=work.id, is_current=True).one()
    judgements.judge(session, coordinator_of(session, work.vio), work, [match], Word("propose", "best_fit"))
    (letter,) = _letters(session, work.host)
    assert letter.subject.startswith("Proposed for your shortlist")
    assert "Sign in" not in letter.body and "You need no account" in letter.body


@pytest.mark.parametrize("days", [20, -1])
def test_the_end_of_a_verification_says_to_whom_to_write(session: AnySession, days: int) -> None:
    work, today = make_assignment(session), clock.today()
    work.host.state, work.host.verified_until = "verified", today + timedelta(days=days)
    session.flush()
    assert verifications.remind(session, today) == 1
    (letter,) = _letters(session, work.host)
    assert "Sign in" not in letter.body and work.vio.contact_email in letter.body


def test_a_shared_call_for_help_says_to_whom_to_write(session: AnySession) -> None:
    placement = make_active(session)
    host = placement.assignment.host
    for account in session.query(User).filter_by(host_id=host.id):
        account.active = False
    session.flush()
    asking.send_due(session, str)
    help_calls.call(session, user_of(placement.volunteer), Cry("now", "I fell.", host_may_see=True))
    letter = _letters(session, host)[-1]
    assert "calls for help" in letter.body and "Sign in" not in letter.body
    assert placement.receiving_vio.contact_email in letter.body
