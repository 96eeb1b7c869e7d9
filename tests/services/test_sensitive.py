"""Papers, health facts, the card: kept only with a consent of their own, and gone at once when that is taken back."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.clearing import CLOSE, folders_in, item_of
from tests.factories import AnySession, make_assignment, make_volunteer
from tests.stays import coordinator_of, make_placement, make_selectable, user_of
from webapp import clock
from webapp.models import Clearance, ClearanceDocument, EmergencyCard, Mail, Placement, User
from webapp.models.consents import ABROAD, MATCHING, SENSITIVE
from webapp.services import (
    clearance_waivers,
    clearances,
    consents,
    documents,
    emergency,
    placements,
    sensitive_ending,
    volunteers,
)
from webapp.services.audit import history_of
from webapp.services.consent_wordings import VERSIONS
from webapp.services.errors import NotFound
from webapp.services.sensitive import NotAgreed
from webapp.vault import Vault

PDF = b"%PDF-1.7\nThe passport of somebody\n%%EOF\n"
SAID = "Her asthma is well treated, as her doctor says."
OFFICE = {**dict.fromkeys(emergency.OFFICE, ""), "insurance_number": "A-77"}


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    """Return an empty vault; its folder is `tmp_path`."""
    return Vault(tmp_path, "a key for tests")


@pytest.fixture
def placement(session: AnySession) -> Placement:
    """Return the placement of somebody whom one VIO sends to another."""
    return make_placement(
        session, make_selectable(session, make_assignment(session), volunteer=make_volunteer(session))
    )


def _refuse(session: AnySession, placement: Placement) -> User:
    """Let the person have given no such consent; return their account."""
    person = user_of(placement.volunteer)
    consents.take_back(session, person, placement.volunteer, SENSITIVE)
    return person


def _store_all(session: AnySession, placement: Placement, vault: Vault) -> Clearance:
    """Keep one of everything; return the clearance that was handed in and waits."""
    person, medical = user_of(placement.volunteer), item_of(session, placement, "medical")
    clearances.hand_in(session, person, medical, "Passport X1234567")
    documents.add(session, person, vault, medical, "passport.pdf", PDF)
    emergency.name_close(session, person, placement, CLOSE)
    volunteers.save_conditions(session, placement.volunteer, {"heat": "cannot"})
    return medical


Store = Callable[[AnySession, Placement, Vault], None]


def _words(session: AnySession, placement: Placement, _vault: Vault) -> None:
    medical = item_of(session, placement, "medical")
    clearances.hand_in(session, user_of(placement.volunteer), medical, "Passport X1234567")


def _file(session: AnySession, placement: Placement, vault: Vault) -> None:
    medical = item_of(session, placement, "medical")
    documents.add(session, user_of(placement.volunteer), vault, medical, "passport.pdf", PDF)


def _file_by_the_office(session: AnySession, placement: Placement, vault: Vault) -> None:
    medical = item_of(session, placement, "medical")
    documents.add(session, coordinator_of(session, medical.checked_by), vault, medical, "visa.pdf", PDF)


def _contact(session: AnySession, placement: Placement, _vault: Vault) -> None:
    emergency.name_close(session, user_of(placement.volunteer), placement, CLOSE)


def _card_by_the_office(session: AnySession, placement: Placement, _vault: Vault) -> None:
    emergency.fill_in(session, coordinator_of(session, placement.receiving_vio), placement, OFFICE)


def _conditions(session: AnySession, placement: Placement, _vault: Vault) -> None:
    volunteers.save_conditions(session, placement.volunteer, {"heat": "cannot"})


def _refusal_by_the_office(session: AnySession, placement: Placement, _vault: Vault) -> None:
    medical = item_of(session, placement, "medical")
    clearances.refuse(session, coordinator_of(session, medical.checked_by), medical, SAID)


def _question_by_the_office(session: AnySession, placement: Placement, _vault: Vault) -> None:
    medical = item_of(session, placement, "medical")
    clearances.hand_in(session, user_of(placement.volunteer), medical)
    clearances.ask_again(session, coordinator_of(session, medical.checked_by), medical, SAID)


def _waiver_by_the_office(session: AnySession, placement: Placement, _vault: Vault) -> None:
    medical = item_of(session, placement, "medical")
    clearance_waivers.ask(session, coordinator_of(session, medical.checked_by), medical, SAID)


@pytest.mark.parametrize(
    ("store", "words"),
    [
        (_words, "only if you agree"),
        (_file, "only if you agree"),
        (_contact, "only if you agree"),
        (_conditions, "only if you agree"),
        (_file_by_the_office, "The volunteer has not agreed"),
        (_card_by_the_office, "The volunteer has not agreed"),
        (_refusal_by_the_office, "The volunteer has not agreed"),
        (_question_by_the_office, "The volunteer has not agreed"),
        (_waiver_by_the_office, "The volunteer has not agreed"),
    ],
)
def test_nothing_sensitive_is_stored_before_the_person_agrees(
    session: AnySession, placement: Placement, vault: Vault, tmp_path: Path, store: Store, words: str
) -> None:
    person = _refuse(session, placement)
    with pytest.raises(NotAgreed, match=words):
        store(session, placement, vault)
    assert sensitive_ending.kept(session, placement.volunteer) == sensitive_ending.Kept(0, 0, 0, 0)
    assert list(tmp_path.iterdir()) == []
    consents.give(session, person, placement.volunteer, SENSITIVE, "on a page")
    store(session, placement, vault)
    assert sensitive_ending.kept(session, placement.volunteer) != sensitive_ending.Kept(0, 0, 0, 0)


def test_an_office_can_say_no_without_words_to_who_has_not_agreed(session: AnySession, placement: Placement) -> None:
    _refuse(session, placement)
    medical = item_of(session, placement, "medical")
    office = coordinator_of(session, medical.checked_by)
    medical.state = "cleared"  # before the consent was taken back
    clearances.ask_again(session, office, medical, "")
    assert (medical.state, medical.words) == ("open", "")
    training = item_of(session, placement, "safeguarding_training")
    clearances.refuse(session, office, training, " ")
    assert (training.state, training.words) == ("refused", "")
    letters = session.scalars(select(Mail.body).where(Mail.to == user_of(placement.volunteer).email)).all()
    assert sum("Your office tells you" in body for body in letters) == 2


def test_a_reason_to_go_without_an_item_goes_with_the_consent(
    session: AnySession, placement: Placement, tmp_path: Path
) -> None:
    one, two = (coordinator_of(session, placement.sending_vio) for _ in range(2))
    waived, asked = (item_of(session, placement, item) for item in ("medical", "safeguarding_training"))
    for clearance in (waived, asked):
        clearance_waivers.ask(session, one, clearance, SAID)
    clearance_waivers.agree(session, two, waived)
    sensitive_ending.withdraw(session, user_of(placement.volunteer), placement.volunteer, folders_in(tmp_path))
    session.commit()
    assert (waived.state, waived.waiver_reason, waived.waived_by_id) == ("waived", "", two.id)
    assert (asked.state, asked.waiver_reason, asked.waiver_by_id) == ("open", "", None)


def test_the_bare_fact_and_no_answer_at_all_need_no_consent(session: AnySession, placement: Placement) -> None:
    person, medical = _refuse(session, placement), item_of(session, placement, "medical")
    clearances.hand_in(session, person, medical)
    assert medical.state == "submitted"
    training = item_of(session, placement, "safeguarding_training")
    clearances.clear(session, coordinator_of(session, training.checked_by), training)
    volunteers.save_conditions(session, placement.volunteer, {})
    assert (training.state, placement.volunteer.conditions) == ("cleared", [])


@pytest.mark.parametrize("item", ["right_to_work", "medical", "safeguarding_check", "own"])
def test_the_result_of_a_check_is_kept_only_where_the_person_agrees(
    session: AnySession, placement: Placement, item: str
) -> None:
    person, found = _refuse(session, placement), item_of(session, placement, "medical" if item == "own" else item)
    if item == "own":
        found.item, found.title = item, "A letter of the police"
    office = coordinator_of(session, found.checked_by)
    for decide in (
        lambda: clearances.clear(session, office, found, placement.ends_on),
        lambda: clearances.refuse(session, office, found, ""),
    ):
        with pytest.raises(NotAgreed, match="The volunteer has not agreed yet"):
            decide()
    assert (found.state, found.expires_on) == ("open", None)
    consents.give(session, person, placement.volunteer, SENSITIVE, "on a page")
    clearances.clear(session, office, found, placement.ends_on)
    assert found.state == "cleared"


def test_it_stands_by_itself_beside_the_other_consents(session: AnySession) -> None:
    volunteer = make_volunteer(session, consents=())
    made = consents.give(session, volunteer.user, volunteer, SENSITIVE, "on a page")
    assert (made.version, made.given_on) == (VERSIONS[SENSITIVE], clock.today())
    assert [consents.standing(session, volunteer, one) for one in (MATCHING, ABROAD)] == [None, None]
    consents.give(session, volunteer.user, volunteer, MATCHING, "on a page")
    consents.withdraw(session, user_of(volunteer), volunteer, MATCHING)
    assert consents.standing(session, volunteer, SENSITIVE) is made


def test_taken_back_all_of_it_goes_at_once_and_decisions_stay(
    session: AnySession, placement: Placement, vault: Vault, tmp_path: Path
) -> None:
    medical = _store_all(session, placement, vault)
    visa = item_of(session, placement, "right_to_work")
    clearances.hand_in(session, user_of(placement.volunteer), visa, "Visa 77")
    clearances.clear(session, coordinator_of(session, visa.checked_by), visa, placement.ends_on)
    session.commit()
    assert sensitive_ending.kept(session, placement.volunteer) == sensitive_ending.Kept(1, 1, 1, 2)
    sensitive_ending.withdraw(session, user_of(placement.volunteer), placement.volunteer, folders_in(tmp_path))
    session.commit()
    assert sensitive_ending.kept(session, placement.volunteer) == sensitive_ending.Kept(0, 0, 0, 0)
    assert list(tmp_path.iterdir()) == []
    assert session.scalars(select(ClearanceDocument.name)).all() == [""]
    assert session.scalar(select(EmergencyCard.id)) is None
    assert (visa.state, visa.handed_in, visa.expires_on) == ("cleared", "", placement.ends_on)
    assert (medical.state, item_of(session, placement, "emergency_contact").state) == ("open", "open")
    assert placement.state == "preparing"
    assert "sensitive_facts_removed" in [one.action for one in history_of(session, placement.volunteer)]
    with pytest.raises(NotAgreed):
        _contact(session, placement, vault)


def test_letters_lose_the_words_that_go(
    session: AnySession, placement: Placement, vault: Vault, tmp_path: Path
) -> None:
    medical = _store_all(session, placement, vault)
    said = "Your heart:\nsend what the doctor wrote on 3 Mar 2027, see https://doctor.example/heart"
    clearances.ask_again(session, coordinator_of(session, medical.checked_by), medical, said)
    letter = session.scalars(select(Mail).order_by(Mail.id.desc())).first()
    assert letter is not None and said in letter.body
    folders = folders_in(tmp_path)
    folders.mail.mkdir(parents=True)
    (folders.mail / f"{letter.message_id}.eml").write_text(letter.body)
    sensitive_ending.withdraw(session, user_of(placement.volunteer), placement.volunteer, folders)
    session.commit()
    assert "once more, for your placement" in letter.body and "—" in letter.body
    assert not any(word in letter.body + letter.filled for word in ("heart", "doctor"))
    assert list(folders.mail.iterdir()) == []


def test_letters_lose_words_that_others_replaced_and_words_that_differ_in_a_day(
    session: AnySession, placement: Placement, vault: Vault, tmp_path: Path
) -> None:
    medical = _store_all(session, placement, vault)
    office = coordinator_of(session, medical.checked_by)
    for day in (3, 10):  # of the first nothing is left in the row, and both read alike without the day
        clearances.ask_again(
            session, office, medical, f"The doctor spoke of epilepsy: come before {day} May 2027, please."
        )
        clearances.hand_in(session, user_of(placement.volunteer), medical)
    clearances.clear(session, office, medical)
    assert medical.words == ""
    sensitive_ending.withdraw(session, user_of(placement.volunteer), placement.volunteer, folders_in(tmp_path))
    letters = session.scalars(select(Mail).where(Mail.subject.contains("Please send this again"))).all()
    assert len(letters) == 2
    for letter in letters:
        assert "epilepsy" not in letter.body + letter.filled and "May" not in letter.body
        assert placement.assignment.host.name in letter.body and "Before you leave" in letter.body


def test_a_name_that_was_changed_since_stays_in_letters_to_others(
    session: AnySession, placement: Placement, vault: Vault, tmp_path: Path
) -> None:
    medical, host = _store_all(session, placement, vault), placement.assignment.host
    office = coordinator_of(session, medical.checked_by)
    clearances.ask_again(session, office, medical, "The doctor has to write it anew, please.")
    others = session.scalars(select(Mail).where(Mail.to != user_of(placement.volunteer).email)).all()
    before = {one.id: (one.body, one.filled) for one in others if host.name in one.body}
    assert before
    host.name = "Another name"
    sensitive_ending.withdraw(session, user_of(placement.volunteer), placement.volunteer, folders_in(tmp_path))
    assert {one.id: (one.body, one.filled) for one in others if one.id in before} == before


def test_words_of_many_links_cost_no_time(
    session: AnySession, placement: Placement, vault: Vault, tmp_path: Path
) -> None:
    medical = _store_all(session, placement, vault)
    links = ",".join(f"https://forms.example/{number}" for number in range(60))
    said = f"Please send your report on epilepsy again.\n{links} a://ba://ba://ba://b{'a://b' * 60}"
    clearances.ask_again(session, coordinator_of(session, medical.checked_by), medical, said)
    begun = time.monotonic()
    sensitive_ending.withdraw(session, user_of(placement.volunteer), placement.volunteer, folders_in(tmp_path))
    assert time.monotonic() - begun < 20
    letter = session.scalars(select(Mail.body).where(Mail.subject.contains("Please send this again"))).one()
    assert "epilepsy" not in letter and "forms.example" not in letter


def test_both_offices_are_told_and_nobody_is_named(
    session: AnySession, placement: Placement, vault: Vault, tmp_path: Path
) -> None:
    readers = {coordinator_of(session, vio).email for vio in (placement.sending_vio, placement.receiving_vio)}
    _store_all(session, placement, vault)
    session.query(Mail).delete()
    sensitive_ending.withdraw(session, user_of(placement.volunteer), placement.volunteer, folders_in(tmp_path))
    found = session.scalars(select(Mail)).all()
    assert readers <= {one.to for one in found}
    assert all(placement.volunteer.full_name not in one.subject + one.body for one in found)
    assert all("emergency" in one.body for one in found)


def test_of_a_stay_that_is_over_the_offices_read_nothing(
    session: AnySession, placement: Placement, vault: Vault, tmp_path: Path
) -> None:
    _store_all(session, placement, vault)
    placements.withdraw(session, user_of(placement.volunteer), placement)
    session.query(Mail).delete()
    sensitive_ending.withdraw(session, user_of(placement.volunteer), placement.volunteer, folders_in(tmp_path))
    assert sensitive_ending.kept(session, placement.volunteer) == sensitive_ending.Kept(0, 0, 0, 0)
    assert session.scalars(select(Mail)).all() == []


def test_where_nothing_was_kept_nobody_is_written_to(session: AnySession, placement: Placement, tmp_path: Path) -> None:
    coordinator_of(session, placement.sending_vio)
    session.query(Mail).delete()
    sensitive_ending.withdraw(session, user_of(placement.volunteer), placement.volunteer, folders_in(tmp_path))
    assert session.scalars(select(Mail)).all() == []


def test_nobody_else_takes_it_back(session: AnySession, placement: Placement, vault: Vault, tmp_path: Path) -> None:
    _store_all(session, placement, vault)
    for account in (coordinator_of(session, placement.sending_vio), user_of(make_volunteer(session))):
        with pytest.raises(NotFound):
            sensitive_ending.withdraw(session, account, placement.volunteer, folders_in(tmp_path))
    assert sensitive_ending.kept(session, placement.volunteer).files == 1
