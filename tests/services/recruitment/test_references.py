"""References: named by the volunteer, asked for by the office, answered behind a one-time link."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from tests.services.recruitment.conftest import Candidacy
from webapp import clock
from webapp.models import Mail, Reference
from webapp.services import audit, badges, queue
from webapp.services.errors import IllegalMove, NotFound, Refused
from webapp.services.recruitment import referees, reference_answers, reference_letters
from webapp.services.recruitment.reference_answers import Answered
from webapp.services.recruitment.reference_letters import DAYS, MOST_LETTERS, REMINDER_DAYS

SAYS = {
    "how_long": "years",
    "keeps_word": "always",
    "works_with_others": "mostly",
    "other_ways": "cannot_say",
    "again": "yes",
}


def _link(token: str) -> str:
    return f"https://x.example/reference/{token}"


def _tokens(one: Candidacy, address: str = "amina@clinic.example") -> list[str]:
    letters = one.session.query(Mail).filter_by(to=address).order_by(Mail.id)
    return [re.findall(r"/reference/(\S+)", letter.body)[0] for letter in letters]


def _asked(one: Candidacy, relation: str = "host") -> Reference:
    reference = one.name(relation=relation)
    reference_letters.ask(one.session, one.coordinator, reference, _link)
    return reference


def test_naming_writes_to_nobody_and_asking_does(candidacy: Candidacy) -> None:
    reference = candidacy.name("Amina@Clinic.example ")
    assert candidacy.session.query(Mail).count() == 0
    with pytest.raises(NotFound):
        reference_letters.ask(candidacy.session, candidacy.stranger, reference, _link)
    reference_letters.ask(candidacy.session, candidacy.coordinator, reference, _link)
    (letter,) = candidacy.session.query(Mail)
    assert letter.to == "amina@clinic.example"
    for told in ("Sevda Yıldız", candidacy.vio.name, "until"):
        assert told in letter.body
    (token,) = _tokens(candidacy)
    assert token not in {link.token_hash for link in reference.links}
    assert reference_answers.find(candidacy.session, token) is reference
    assert [event.action for event in audit.history_of(candidacy.session, reference)] == [
        "reference_named",
        "reference_asked",
    ]


def test_references_have_their_time(candidacy: Candidacy) -> None:
    candidacy.application.state = "submitted"
    with pytest.raises(Refused, match="shortlist"):
        candidacy.name()


@pytest.mark.parametrize(
    ("email", "relation", "words"),
    [
        ("amina@clinic.example", "host", "already"),
        ("no address", "host", "no e-mail"),
        ("juma@clinic.example", "friend", "how you know"),
        ("juma@clinic.example", "teacher", "earlier host"),
    ],
)
def test_two_different_people_one_of_them_an_earlier_host(
    candidacy: Candidacy, email: str, relation: str, words: str
) -> None:
    candidacy.name(relation="colleague")
    with pytest.raises(Refused, match=words):
        candidacy.name(email, relation)
    with pytest.raises(Refused, match="own address"):
        candidacy.name(candidacy.volunteer.user.email)
    candidacy.name("juma@clinic.example", "supervisor")
    with pytest.raises(Refused, match="two people"):
        candidacy.name("third@clinic.example")


def test_the_menu_says_how_many_people_are_still_wanted(candidacy: Candidacy) -> None:
    def wanted() -> int:
        return badges.waiting(candidacy.session, candidacy.volunteer.user, clock.today())["applications"]

    assert wanted() == 2
    reference = candidacy.name()
    assert wanted() == 1
    referees.take_back(candidacy.session, candidacy.volunteer.user, reference)
    assert wanted() == 2
    candidacy.application.state = "withdrawn"
    candidacy.session.flush()
    assert wanted() == 0


def test_nobody_names_or_takes_back_for_somebody_else(candidacy: Candidacy) -> None:
    reference = candidacy.name()
    for account in (candidacy.stranger, candidacy.coordinator):
        with pytest.raises(NotFound):
            referees.take_back(candidacy.session, account, reference)
        with pytest.raises(NotFound):
            referees.name(candidacy.session, account, candidacy.application, "Juma", "j@x.example", "host")
    referees.take_back(candidacy.session, candidacy.volunteer.user, reference)
    assert reference.state == "withdrawn"


def test_no_endless_row_of_people_is_written_to(candidacy: Candidacy) -> None:
    for number in range(referees.MOST_NAMED):
        reference = candidacy.name(f"person{number}@x.example")
        referees.take_back(candidacy.session, candidacy.volunteer.user, reference)
    with pytest.raises(Refused, match="many people"):
        candidacy.name("one.more@x.example")


def test_an_answer_uses_up_every_link_and_says_so_kindly(candidacy: Candidacy) -> None:
    reference = _asked(candidacy)
    reference_letters.ask_again(
        candidacy.session, candidacy.coordinator, reference, _link, clock.now() + timedelta(days=3)
    )
    tokens = _tokens(candidacy)
    assert len(set(tokens)) == 2
    reference_answers.answer(candidacy.session, reference, Answered(SAYS, "Good with people.", "no"))
    for token in tokens:
        with pytest.raises(Refused, match="Thank you"):
            reference_answers.find(candidacy.session, token)
    with pytest.raises(IllegalMove):
        reference_answers.answer(candidacy.session, reference, Answered(SAYS, "", "no"))
    (letter,) = candidacy.session.query(Mail).filter_by(to=candidacy.coordinator.email)
    assert "Sevda" not in letter.body
    assert "Amina" not in letter.body


def test_a_link_ends_with_its_term_the_request_or_the_application(candidacy: Candidacy) -> None:
    session, reference = candidacy.session, _asked(candidacy)
    (token,) = _tokens(candidacy)
    for odd in ("", "x" * 5000, "\ud800", "ü/..", token[:-1]):
        with pytest.raises(NotFound):
            reference_answers.find(session, odd)
    term = reference.expires_at
    reference.expires_at = clock.now() - timedelta(seconds=1)
    with pytest.raises(Refused, match="too old"):
        reference_answers.find(session, token)
    assert term is not None
    assert clock.now() + timedelta(days=DAYS - 1) < term
    reference.expires_at = term
    candidacy.application.state = "withdrawn"
    with pytest.raises(Refused, match="not needed"):
        reference_answers.find(session, token)
    candidacy.application.state = "shortlisted"
    reference_letters.end(session, candidacy.coordinator, reference)
    with pytest.raises(Refused, match="not needed"):
        reference_answers.find(session, token)


def test_who_declines_is_left_in_peace_and_another_may_be_named(candidacy: Candidacy) -> None:
    reference = _asked(candidacy)
    candidacy.name("second@x.example")
    reference_answers.decline(candidacy.session, reference)
    with pytest.raises(Refused):
        reference_letters.ask_again(
            candidacy.session, candidacy.coordinator, reference, _link, clock.now() + timedelta(days=9)
        )
    candidacy.name("third@x.example")
    assert len(referees.live(referees.references_of(candidacy.session, candidacy.application))) == 2


def test_letters_are_few_and_not_on_one_day(candidacy: Candidacy) -> None:
    session, who, reference = candidacy.session, candidacy.coordinator, _asked(candidacy)
    with pytest.raises(Refused, match="two days"):
        reference_letters.ask_again(session, who, reference, _link)
    while reference.letters < MOST_LETTERS:
        reference_letters.ask_again(session, who, reference, _link, clock.now() + timedelta(days=3))
    with pytest.raises(Refused, match="often enough"):
        reference_letters.ask_again(session, who, reference, _link, clock.now() + timedelta(days=3))


def test_one_reminder_after_a_week_while_it_makes_sense(candidacy: Candidacy) -> None:
    session, reference, now = candidacy.session, _asked(candidacy), clock.now()
    assert reference_letters.remind_due(session, now + timedelta(days=REMINDER_DAYS - 1), _link) == 0
    candidacy.application.state = "declined"
    candidacy.application.reason_code = "other"
    assert reference_letters.remind_due(session, now + timedelta(days=REMINDER_DAYS, hours=1), _link) == 0
    candidacy.application.state = "shortlisted"
    assert reference_letters.remind_due(session, now + timedelta(days=REMINDER_DAYS, hours=1), _link) == 1
    assert reference_letters.remind_due(session, now + timedelta(days=REMINDER_DAYS * 3), _link) == 0
    for token in _tokens(candidacy):  # the first letter still works
        assert reference_answers.find(session, token) is reference


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (Answered({}, misconduct="no"), "five"),
        (Answered({**SAYS, "again": "perhaps"}, misconduct="no"), "five"),
        (Answered({**SAYS, "salary": "high"}, misconduct="no"), "five"),
        (Answered(SAYS), "misconduct"),
        (Answered(SAYS, misconduct="yes", misconduct_words=" "), "few words"),
        (Answered(SAYS, words="x" * 3001, misconduct="no"), "too long"),
    ],
)
def test_an_answer_is_whole(candidacy: Candidacy, said: Answered, words: str) -> None:
    reference = _asked(candidacy)
    with pytest.raises(Refused, match=words):
        reference_answers.answer(candidacy.session, reference, said)
    assert reference.state == "asked"


def test_only_earlier_hosts_are_asked_about_misconduct(candidacy: Candidacy) -> None:
    reference = _asked(candidacy, "colleague")
    with pytest.raises(Refused):
        reference_answers.answer(candidacy.session, reference, Answered(SAYS, misconduct="no"))
    reference_answers.answer(candidacy.session, reference, Answered(SAYS))
    assert reference.state == "answered"


def test_a_yes_decides_nothing_and_waits_for_a_person(candidacy: Candidacy) -> None:
    session, who, reference = candidacy.session, candidacy.coordinator, _asked(candidacy)
    reference_answers.answer(session, reference, Answered(SAYS, "", "yes", "Ask me by telephone."))
    assert candidacy.application.state == "shortlisted"
    waits = {one.kind: one.first_id for one in queue.waiting_for(session, who, clock.today())}
    assert waits["references"] == candidacy.application.id
    assert "references" not in {one.kind for one in queue.waiting_for(session, candidacy.stranger, clock.today())}
    with pytest.raises(NotFound):
        reference_answers.look(session, candidacy.stranger, reference, "Seen.")
    with pytest.raises(Refused, match="what you did"):
        reference_answers.look(session, who, reference, " ")
    reference_answers.look(session, who, reference, "Called her; the focal point decides.")
    assert "references" not in {one.kind for one in queue.waiting_for(session, who, clock.today())}
    assert candidacy.application.state == "shortlisted"
    details = [event.detail for event in audit.history_of(session, reference)]
    assert not any("yes" in str(detail) for detail in details)


def test_nobody_is_asked_about_an_application_that_is_over(candidacy: Candidacy) -> None:
    reference = candidacy.name()
    candidacy.application.state = "withdrawn"
    with pytest.raises(Refused, match="over"):
        reference_letters.ask(candidacy.session, candidacy.coordinator, reference, _link)


def test_reference_has_a_name_and_is_looked_at_once_where_there_is_something(candidacy: Candidacy) -> None:
    session, who = candidacy.session, candidacy.coordinator
    with pytest.raises(Refused, match="person's name"):
        referees.name(session, candidacy.volunteer.user, candidacy.application, " ", "a@clinic.example", "host")
    reference = _asked(candidacy)
    with pytest.raises(NotFound):
        reference_answers.look(session, who, reference, "Nothing was said yet.")
    reference_answers.answer(session, reference, Answered(SAYS, "", "yes", "Ask me by telephone."))
    reference_answers.look(session, who, reference, "Called her.")
    with pytest.raises(Refused, match="looked at this already"):
        reference_answers.look(session, candidacy.colleague, reference, "Called her too.")
