"""One of the office's alumni is asked about an applicant beside whom they served."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from tests.alumni import EVERYTHING, make_alumnus, make_served
from tests.databases import DATA_KEY
from tests.factories import AnySession, make_application, make_assignment, make_host, make_vio, make_volunteer
from tests.services.recruitment.conftest import Candidacy
from tests.services.recruitment.test_references import SAYS
from tests.stays import KIND_WORDS, coordinator_of, days, make_active, make_selectable, user_of
from webapp import clock
from webapp.models import Alumnus, Application, Assignment, Mail, Reference, User
from webapp.services import badges
from webapp.services.alumni import membership
from webapp.services.alumni.membership import Choice
from webapp.services.audit import history_of
from webapp.services.bars import deciding
from webapp.services.errors import NotFound, Refused
from webapp.services.recruitment import alumni_references, referees, reference_answers, reference_letters
from webapp.services.recruitment.reference_answers import Answered


class Scene:
    """Somebody who served and applies again with the same office, and one of its alumni who was there too."""

    def __init__(self, session: AnySession) -> None:
        self.session = session
        self.vio = make_vio(session, name="Anatolian Volunteers")
        self.work = make_assignment(session, make_host(session, self.vio))
        self.alumnus = make_alumnus(session, self.work, full_name="Juma Otieno")
        self.applicant = make_served(session, self.work, make_volunteer(session, self.vio, full_name="Sevda")).volunteer
        self.who = coordinator_of(session, self.vio)
        self.application = self.applies()

    def applies(self, state: str = "shortlisted", work: Assignment | None = None) -> Application:
        work = work or make_assignment(self.session, make_host(self.session, self.vio))
        return make_application(self.session, self.applicant, work, state=state)

    def elsewhere(self, **over: object) -> Assignment:
        return make_assignment(self.session, make_host(self.session, self.vio), **over)

    def fits(self, who: User | None = None) -> list[tuple[str, str]]:
        found = alumni_references.fitting(self.session, who or self.who, self.application)
        return [(one.alumnus.full_name, one.served) for one in found]

    def ask(self, alumnus: Alumnus | None = None) -> Reference:
        one = alumnus or self.alumnus
        return alumni_references.ask(self.session, self.who, self.application, one.volunteer_id, _link)

    def letters(self, one: User) -> list[Mail]:
        return list(self.session.query(Mail).filter(Mail.to == one.email, Mail.subject.contains("serve")))


@pytest.fixture
def scene(session: AnySession) -> Scene:
    """Return the scene."""
    return Scene(session)


def _link(token: str) -> str:
    return f"https://x.example/reference/{token}"


def test_who_served_at_the_same_host_comes_before_who_served_in_the_same_country(scene: Scene) -> None:
    make_alumnus(scene.session, scene.elsewhere(), full_name="In Kenya")
    make_alumnus(scene.session, scene.elsewhere(country="NP"), full_name="In Nepal")
    assert scene.fits() == [("Juma Otieno", "at_host"), ("In Kenya", "in_country")]


def test_only_days_on_which_both_were_there_count(scene: Scene) -> None:
    stay = make_active(scene.session, make_selectable(scene.session, scene.elsewhere(country="NP")))
    assert scene.fits() == [("Juma Otieno", "at_host")]
    own = membership.completed(scene.session, scene.applicant)[0]
    own.starts_on, own.ends_on = days(10), days(60)
    assert scene.fits() == [("Juma Otieno", "at_host")], "the last day of one is the first day of the other"
    own.ends_on = days(59)
    assert scene.fits() == []
    own.ends_on, own.state, own.reason_code = days(150), "ended_early", "family"
    own.ended_at = clock.now() + timedelta(days=59)
    assert scene.fits() == [], "it ended before the other began"
    stay.volunteer_id, stay.assignment_id = scene.applicant.id, scene.work.id
    scene.session.flush()
    scene.session.refresh(stay)
    assert scene.fits() == [("Juma Otieno", "at_host")], "a stay under way counts too"


def test_who_did_not_tick_it_left_closed_the_account_or_is_barred_is_not_offered(scene: Scene) -> None:
    person, account = scene.alumnus.volunteer, user_of(scene.alumnus.volunteer)
    membership.keep(scene.session, account, person, Choice(may_mentor=True))
    assert scene.fits() == []
    membership.keep(scene.session, account, person, EVERYTHING)
    assert scene.fits()
    account.active = False
    scene.session.flush()
    assert scene.fits() == []
    account.active, person.barred_at = True, clock.now()
    scene.session.flush()
    assert scene.fits() == []
    with pytest.raises(NotFound):
        scene.ask()


def test_a_stay_with_another_office_is_not_known_here(scene: Scene) -> None:
    other = make_vio(scene.session)
    work = make_assignment(scene.session, make_host(scene.session, other))
    make_alumnus(scene.session, work, full_name="Of another office")
    assert scene.fits() == [("Juma Otieno", "at_host")]
    for account in (coordinator_of(scene.session, other), user_of(scene.applicant), user_of(scene.alumnus.volunteer)):
        with pytest.raises(NotFound):
            scene.fits(account)
        with pytest.raises(NotFound):
            alumni_references.ask(scene.session, account, scene.application, scene.alumnus.volunteer_id, _link)


def test_nobody_is_asked_before_the_shortlist_nor_where_the_applicant_could_not_be_told(scene: Scene) -> None:
    scene.application.state = "submitted"
    assert scene.fits() == []
    scene.application.state = "interview"
    assert scene.fits()
    scene.applicant.user_id = None
    scene.session.flush()
    scene.session.refresh(scene.applicant)
    assert scene.fits() == []


def test_nobody_speaks_of_somebody_with_whom_they_compete(scene: Scene) -> None:
    rival = make_application(scene.session, scene.alumnus.volunteer, scene.application.assignment)
    assert scene.fits() == []
    rival.state = "withdrawn"
    scene.session.flush()
    assert scene.fits()


def test_who_declined_as_a_referee_gets_no_letter_as_one_of_the_alumni(scene: Scene) -> None:
    address = user_of(scene.alumnus.volunteer).email
    named = referees.name(
        scene.session, user_of(scene.applicant), scene.application, "Juma", address.upper(), "colleague"
    )
    reference_letters.ask(scene.session, scene.who, named, _link)
    reference_answers.decline(scene.session, named)
    assert scene.fits() == []


def test_the_letter_says_why_and_claims_no_naming_and_the_applicant_is_told(scene: Scene) -> None:
    asked = scene.ask()
    (letter,) = scene.letters(user_of(scene.alumnus.volunteer))
    for told in ("Sevda did not name you", "as one of its alumni", "at the same host", scene.vio.name, "is told"):
        assert told in letter.body
    assert "has named you" not in letter.subject + letter.body
    (token,) = re.findall(r"/reference/(\S+)", letter.body)
    assert reference_answers.find(scene.session, token) is asked
    (told_letter,) = scene.letters(user_of(scene.applicant))
    assert "Juma Otieno" in told_letter.body and scene.vio.contact_email in told_letter.body
    assert "/reference/" not in told_letter.body
    assert [one.action for one in history_of(scene.session, asked)] == ["reference_alumnus_chosen", "reference_asked"]


def test_the_letter_and_its_reminder_speak_the_language_of_the_alumnus(scene: Scene) -> None:
    account = user_of(scene.alumnus.volunteer)
    account.locale = "fr"
    scene.ask()
    later = clock.now() + timedelta(days=reference_letters.REMINDER_DAYS, hours=1)
    assert reference_letters.remind_due(scene.session, later, _link) == 1
    letters = [one for one in scene.session.query(Mail).filter_by(to=account.email) if "/reference/" in one.body]
    assert [(one.language, one.office) for one in letters] == [("fr", scene.vio.name)] * 2


def test_one_for_each_application_also_where_they_decline(scene: Scene) -> None:
    second = make_alumnus(scene.session, scene.elsewhere(), full_name="In Kenya")
    asked = scene.ask()
    assert scene.fits() == []
    for _twice in range(2):
        with pytest.raises(Refused, match="asked already"):
            scene.ask(second)
        if asked.state == "asked":
            reference_answers.decline(scene.session, asked)
    scene.application = scene.applies()
    assert len(scene.fits()) == 2


def test_it_comes_beside_the_two_who_are_named_and_takes_no_place_of_theirs(scene: Scene) -> None:
    account = user_of(scene.applicant)
    before = badges.waiting(scene.session, account, clock.today())["applications"]
    scene.ask()
    assert badges.waiting(scene.session, account, clock.today())["applications"] == before
    for address, relation in (("one@x.example", "colleague"), ("two@x.example", "host")):
        referees.name(scene.session, account, scene.application, "A. Referee", address, relation)
    assert len(referees.live(referees.references_of(scene.session, scene.application))) == referees.NEEDED


def test_the_applicant_does_not_take_back_whom_the_office_asks_and_the_office_ends_it(scene: Scene) -> None:
    asked = scene.ask()
    with pytest.raises(NotFound):
        referees.take_back(scene.session, user_of(scene.applicant), asked)
    reference_letters.end(scene.session, scene.who, asked)
    assert asked.state == "withdrawn"


def test_an_answer_is_kept_like_others_and_nobody_asks_about_misconduct(scene: Scene) -> None:
    asked = scene.ask()
    with pytest.raises(Refused):
        reference_answers.answer(scene.session, asked, Answered(SAYS, misconduct="no"))
    reference_answers.answer(scene.session, asked, Answered(SAYS, "She kept the ward together."))
    assert asked.state == "answered"


@pytest.mark.parametrize("leaves", [True, False])
def test_leaving_or_unticking_ends_what_is_not_answered(scene: Scene, leaves: bool) -> None:
    asked, person = scene.ask(), scene.alumnus.volunteer
    (token,) = re.findall(r"/reference/(\S+)", scene.letters(user_of(person))[0].body)
    if leaves:
        membership.leave(scene.session, user_of(person), person)
    else:
        membership.keep(scene.session, user_of(person), person, Choice(may_mentor=True))
    assert asked.state == "withdrawn"
    with pytest.raises(Refused, match="not needed"):
        reference_answers.find(scene.session, token)


def test_what_was_answered_stays_when_the_author_leaves_the_alumni(scene: Scene) -> None:
    asked, person = scene.ask(), scene.alumnus.volunteer
    reference_answers.answer(scene.session, asked, Answered(SAYS))
    membership.leave(scene.session, user_of(person), person)
    assert asked.state == "answered"


def test_a_bar_ends_what_is_not_answered(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(scene.session.info, "data_key", DATA_KEY)
    asked, person = scene.ask(), scene.alumnus.volunteer
    bar = deciding.propose(scene.session, scene.who, person, "conduct", "See May.", KIND_WORDS, days(300))
    assert asked.state == "asked"
    deciding.confirm(scene.session, coordinator_of(scene.session, scene.vio), bar)
    assert asked.state == "withdrawn"


def test_what_an_alumnus_said_goes_with_their_profile(scene: Scene) -> None:
    person = make_volunteer(scene.session, scene.vio)
    scene.session.add(
        Reference(
            application=scene.application,
            served_beside=person,
            served="at_host",
            name="Juma",
            email="juma@x.example",
            relation="other",
            state="named",
            named_at=clock.now(),
            state_at=clock.now(),
        )
    )
    scene.session.flush()
    scene.session.delete(person)
    scene.session.flush()
    assert scene.session.query(Reference).count() == 0


def test_nobody_asks_an_alumnus_who_is_not_there(candidacy: Candidacy) -> None:
    with pytest.raises(NotFound):
        alumni_references.ask(candidacy.session, candidacy.coordinator, candidacy.application, 999_999_999, str)
