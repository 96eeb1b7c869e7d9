"""The expectation agreement: terms from an assignment and nothing else, kept in versions when an office opens it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from tests.factories import AnySession, make_assignment, make_host_user, make_user
from tests.services.whole import make_whole
from webapp import clock
from webapp.models import Agreement, Assignment, AssignmentLanguage, AssignmentSkill, AssignmentVersion, Host, MoneyLine
from webapp.models.assignments import CONTACT, MODES
from webapp.services import agreements, assignments, reviews, versions
from webapp.services.agreement_terms import Term, from_rows, terms_of
from webapp.services.errors import NotFound

# What follows from no answer of the assignment: rules of the service, and what is written in by hand.
RULES = {"conduct", "respect", "images", "change", "trouble", "office", "end", "other_fees", "rest", "notice"}
# term -> the columns from which its values come
SOURCES: dict[str, tuple[str, ...]] = {
    "tasks": ("tasks",),
    "results": ("expected_results",),
    "first_day": ("start_on",),
    "last_day": ("end_on",),
    "stay": ("weeks",),
    "hours": ("hours",),
    "mode": ("mode",),
    "country": ("country",),
    "location": ("location",),
    "supervisor": ("supervisor",),
    "supervision": ("supervision_hours",),
    "counterpart": ("counterpart",),
    "handover": ("handover",),
    "learning": ("learning",),
    "local_strengths": ("local_strengths",),
    "lodging": ("lodging",),
    "water": ("water",),
    "power": ("power",),
    "internet": ("internet",),
    "step_free": ("step_free",),
    "conditions": ("conditions_text",),
    "funder": ("funder",),
    "sponsor": ("sponsor",),
    "project_ties": ("project_ties",),
    "hospital": ("hospital_hours",),
    "children": ("contact_children",),
    "adults": ("contact_adults",),
    "online_hours": ("online_from", "online_to", "time_zone"),
}
LIVING = ("lodging", "water", "power", "internet", "step_free", "conditions", "hospital")

texts = st.sampled_from(["", "Nurse people.", "لا أحد\nثم نعم", "  \n", "<b>one</b>\r\ntwo 100 %"])
numbers = st.none() | st.integers(0, 60)
days = st.none() | st.dates(date(2020, 1, 1), date(2040, 1, 1))


@st.composite
def any_assignment(draw: st.DrawFn) -> Assignment:
    """Return an assignment that says anything, little or nothing."""
    columns: dict[str, Any] = {name: draw(texts) for name in _columns(str) - {"title", "water", "power", "internet"}}
    columns |= {name: draw(numbers) for name in ("weeks", "hours", "hospital_hours", "supervision_hours")}
    columns |= {"start_on": draw(days), "end_on": draw(days), "mode": draw(st.none() | st.sampled_from(MODES))}
    columns |= {name: draw(st.none() | st.sampled_from(CONTACT)) for name in ("contact_children", "contact_adults")}
    columns |= {
        "country": draw(st.none() | st.just("KE")),
        "step_free": draw(st.none() | st.just("no")),
        "water": draw(st.sampled_from(["", "well"])),
        "power": draw(st.sampled_from(["", "none"])),
        "internet": draw(st.sampled_from(["", "slow"])),
        "has_fees_not_listed": draw(st.none() | st.booleans()),
        "online_from": draw(st.none() | st.just("08:00")),
        "online_to": draw(st.none() | st.just("17:00")),
        "time_zone": draw(st.none() | st.just("Africa/Nairobi")),
    }
    work = Assignment(title="Work", **columns)
    work.host = Host(name="Clinic", safeguarding_person=draw(texts))
    parties = st.sampled_from(["host", "vio", "volunteer", "sponsor"])
    for payer, payee in draw(st.lists(st.tuples(parties, st.sampled_from(["host", "volunteer", "third_party"])))):
        work.money.append(MoneyLine(payer=payer, payee=payee, what="room", amount=draw(texts), when=draw(texts)))
    if draw(st.booleans()):
        work.skills = [AssignmentSkill(skill="NUR-01", level=2, is_essential=draw(st.booleans()), needs_licence=False)]
        work.languages = [AssignmentLanguage(language="fr", level="B1", is_required=True, for_safety=False)]
    return work


def _columns(kind: type) -> set[str]:
    return {
        column.key
        for column in Assignment.__table__.columns
        if column.type.python_type is kind and not column.nullable and column.key not in ("state", "words_to_host")
    }


def _said(value: Any) -> list[Any]:
    if isinstance(value, str):
        return [line.strip() for line in value.splitlines() if line.strip()]
    return [] if value is None else [value.isoformat() if isinstance(value, date) else value]


def _flat(term: Term) -> list[Any]:
    values = [value for value in term.values.values() if value is not None]
    return [one for value in values for one in (value if isinstance(value, list) else [value])]


@given(any_assignment())
def test_terms_say_what_the_assignment_says_and_nothing_else(work: Assignment) -> None:
    terms = {term.code: term for term in terms_of(work) if term.code != "payment"}
    for code, columns in SOURCES.items():
        said = [one for column in columns for one in _said(getattr(work, column))]
        if code in terms:
            assert _flat(terms[code]) == said, code
            assert bool(terms[code].missing) == any(not _said(getattr(work, column)) for column in columns), code
        else:
            assert not said or (work.mode == "online" and code in LIVING) or code == "online_hours", code
    others = {"skills", "languages", "money", "no_other_fees", "safety_person"}
    assert set(terms) <= set(SOURCES) | RULES | others
    assert all(not terms[code].values for code in RULES & set(terms))
    assert _flat(terms["safety_person"]) == _said(work.host.safeguarding_person)


@given(any_assignment())
def test_money_is_told_in_every_direction(work: Assignment) -> None:
    paid = [term for term in terms_of(work) if term.code == "payment"]
    assert [(one.values["payer"], one.values["payee"]) for one in paid] == [(m.payer, m.payee) for m in work.money]
    assert [one.values["amount"] for one in paid] == [m.amount or None for m in work.money]
    codes = {term.code: term for term in terms_of(work)}
    assert ("money" in codes) is not bool(work.money)
    assert ("other_fees" in codes) is bool(work.has_fees_not_listed)
    if work.has_fees_not_listed is None:
        assert codes["no_other_fees"].missing == ["promise"]


@given(any_assignment())
def test_terms_come_back_as_they_were_kept(work: Assignment) -> None:
    terms = terms_of(work)
    assert from_rows([term.as_row() for term in terms]) == terms


@pytest.mark.parametrize("contact", CONTACT)
def test_conduct_is_asked_for_where_there_is_contact(contact: str) -> None:
    work = Assignment(title="Work", conditions_text="", contact_children=contact, host=Host(safeguarding_person=""))
    assert ("conduct" in {term.code for term in terms_of(work)}) is (contact != "none")


def _publish(session: AnySession, work: Assignment) -> None:
    if work.state != "submitted":
        assignments.submit(session, make_host_user(session, work.host), work)
    reviews.approve(session, make_user(session, "coordinator", work.vio), work, "none", clock.today())


def test_publishing_keeps_a_version_of_what_was_sent(session: AnySession) -> None:
    work = make_whole(session)
    assert agreements.agreed(session, work).kept == []
    _publish(session, work)
    session.expire_all()
    now = agreements.agreed(session, work)
    assert [one.number for one in now.kept] == [1]
    assert now.is_kept
    (sent,) = versions.versions_of(session, work)
    assert now.last.assignment_version_id == sent.id
    assert from_rows(now.last.terms) == terms_of(work)


def test_another_version_is_kept_only_where_the_terms_differ(session: AnySession) -> None:
    work = make_whole(session)
    account = make_host_user(session, work.host)
    _publish(session, work)
    for changes, kept in (({"plain_day": "Round at eight."}, 1), ({"hours": 20}, 2), ({}, 2)):
        assignments.take_back(session, account, work)
        assignments.edit(session, account, work, changes)
        _publish(session, work)
        assert len(agreements.agreed(session, work).kept) == kept
    past = agreements.past(session, work, 2)
    assert next(term for term in past.before if term.code == "hours").values == {"hours": 35}
    assert next(term for term in past.terms if term.code == "hours").values == {"hours": 20}
    assert agreements.past(session, work, 1).before is None


def test_better_wording_shows_as_changed_and_reading_keeps_nothing(session: AnySession) -> None:
    work = make_whole(session)
    _publish(session, work)
    assignments.edit(session, make_host_user(session, work.host), work, {"tasks": "Teach five colleagues."})
    now = agreements.agreed(session, work)
    assert (len(now.kept), now.is_kept) == (1, False)
    assert agreements.standing(session, work).number == 2
    assert agreements.standing(session, work).number == 2


def test_what_was_open_before_there_were_agreements_gets_one_when_it_is_needed(session: AnySession) -> None:
    work = make_assignment(session)
    assert agreements.agreed(session, work).last is None
    assert agreements.standing(session, work).number == 1


def test_a_number_that_was_never_kept_is_not_found(session: AnySession) -> None:
    with pytest.raises(NotFound):
        agreements.past(session, make_assignment(session), 1)


def test_versions_go_with_their_assignment(session: AnySession) -> None:
    work = make_assignment(session)
    agreements.standing(session, work)
    session.delete(work)
    session.flush()
    assert session.query(Agreement).count() == session.query(AssignmentVersion).count() == 0


@pytest.mark.parametrize("number", [0, 1])
def test_table_keeps_no_impossible_version(session: AnySession, number: int) -> None:
    first = agreements.standing(session, make_assignment(session))
    columns = {"assignment_id": first.assignment_id, "assignment_version_id": first.assignment_version_id}
    session.add(Agreement(number=number, terms=[], made_at=clock.now(), **columns))
    with pytest.raises(IntegrityError):
        session.flush()
