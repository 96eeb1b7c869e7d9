from __future__ import annotations

from typing import Any

import pytest

from tests.services.whole import SAFE_ANSWERS, skill
from webapp.models import Assignment, AssignmentSkill, MoneyLine
from webapp.services.refusals import SHORTEST_WEEKS_WITH_RESIDENT_CHILDREN, refusals_of
from webapp.services.text_hints import hints_in, hints_of

LONG, SHORT = SHORTEST_WEEKS_WITH_RESIDENT_CHILDREN, SHORTEST_WEEKS_WITH_RESIDENT_CHILDREN - 1


def assignment(
    skills: list[AssignmentSkill] | None = None, money: list[MoneyLine] | None = None, **answers: Any
) -> Assignment:
    return Assignment(title="Work", skills=skills or [], money=money or [], **{**SAFE_ANSWERS, "weeks": 12, **answers})


def pays(
    payer: str = "volunteer", what: str = "training", amount: str = "50 USD", when: str = "on arrival"
) -> MoneyLine:
    return MoneyLine(payer=payer, payee="host" if payer != "host" else "volunteer", what=what, amount=amount, when=when)


def codes(work: Assignment) -> list[str]:
    return [refusal.code for refusal in refusals_of(work)]


def test_plain_work_is_refused_by_nothing() -> None:
    assert codes(assignment()) == []


def test_unanswered_questions_refuse_nothing_yet() -> None:
    assert codes(assignment(**dict.fromkeys(SAFE_ANSWERS))) == []


@pytest.mark.parametrize(("weeks", "refused"), [(SHORT, True), (LONG, False), (None, True)])
def test_short_stays_with_resident_children_are_refused(weeks: int | None, refused: bool) -> None:
    assert (codes(assignment(is_child_institution=True, weeks=weeks)) == ["resident_children"]) is refused


def test_short_stays_elsewhere_are_not() -> None:
    assert codes(assignment(weeks=2)) == []


@pytest.mark.parametrize(
    ("code", "licence", "refused"),
    [
        ("NUR-01", True, False),
        ("NUR-01", False, True),  # licensed, but not marked
        ("MEC-01", True, True),  # some other skill
        ("HEA-01", True, True),  # first aid needs no licence, so the mark proves nothing
    ],
)
def test_clinical_acts_need_a_clinical_licence(code: str, licence: bool, refused: bool) -> None:
    work = assignment([skill(code, licence=licence)], has_clinical_acts=True)
    assert (codes(work) == ["unlicensed_clinic"]) is refused


def test_a_lorry_drivers_licence_is_no_clinical_one() -> None:
    from webapp import vocabulary

    licensed = [c for c in vocabulary.reference().skills if c.startswith("MEC-") and vocabulary.is_licensed(c)]
    assert licensed
    work = assignment([skill(code, licence=True) for code in licensed], has_clinical_acts=True)
    assert codes(work) == ["unlicensed_clinic"]


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ("is_security_work", "security_work"),
        ("is_party_or_religious_work", "party_or_religious_work"),
        ("replaces_strikers", "replaces_strikers"),
        ("has_fees_not_listed", "fees_not_listed"),
    ],
)
def test_a_yes_is_refused_with_words_and_the_field(answer: str, code: str) -> None:
    yes: dict[str, Any] = {answer: True}
    (refusal,) = refusals_of(assignment(**yes))
    assert (refusal.code, refusal.field) == (code, answer)
    assert len(str(refusal.words)) > 40


@pytest.mark.parametrize("blank", ["what", "amount", "when"])
def test_a_payment_by_the_volunteer_says_what_how_much_and_when(blank: str) -> None:
    assert codes(assignment(money=[pays()])) == []
    assert codes(assignment(money=[pays(**{blank: " "})])) == ["unclear_payment"]
    assert codes(assignment(money=[pays(payer="host", **{blank: ""})])) == []


def test_texts_refuse_nothing_and_hint_at_their_field() -> None:
    work = assignment(tasks="Care for the garden of an Orphanage.")
    assert codes(work) == []
    (hint,) = hints_of(work)
    assert (hint.code, hint.field, hint.words) == ("resident_children", "tasks", ("orphanage",))


@pytest.mark.parametrize(
    ("text", "code", "word"),
    [
        ("Jouer avec les enfants de l’orphelinat", "resident_children", "orphelinat"),
        ("Apoyo en un hogar de  niños", "resident_children", "hogar de niños"),
        ("Работа в детском доме", "resident_children", "детском доме"),
        ("在孤儿院教英语", "resident_children", "孤儿"),
        ("العمل في دار الأَيْتام", "resident_children", "أيتام"),
        ("Volunteers vaccinate children", "clinical_acts", "vaccinate"),
        ("在诊所打针", "clinical_acts", "打针"),
        ("Patrols at night", "security_work", "patrols"),
        ("Aide à la campagne électorale", "party_or_religious_work", "campagne électorale"),
        ("مكان العمال المضربين", "replaces_strikers", "مكان العمال"),
        ("A registration fee is paid on arrival", "hidden_fees", "registration fee"),
    ],
)
def test_hints_are_found_in_six_languages(text: str, code: str, word: str) -> None:
    found = {hint.code: hint.words for hint in hints_in({"tasks": text})}
    assert word in found[code]


@pytest.mark.parametrize(
    "text", ["", "Teach mathematics at the village school.", "在乡村学校教数学", "Enseñar a sembrar maíz"]
)
def test_plain_texts_hint_at_nothing(text: str) -> None:
    assert hints_in({"tasks": text}) == []


def test_money_lines_are_read_too() -> None:
    work = assignment(money=[pays(what="programme fee")])
    assert [(hint.code, hint.field) for hint in hints_of(work)] == [("hidden_fees", "money")]
