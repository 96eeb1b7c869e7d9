from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.factories import (
    AnySession,
    make_application,
    make_assignment,
    make_host,
    make_host_user,
    make_user,
    make_volunteer,
)
from tests.services.whole import make_whole, whole_columns
from webapp import clock
from webapp.models import Assignment, AuditEvent, Mail, Match
from webapp.services import assignment_lists, assignments, ranking
from webapp.services.assignment_needs import missing_items
from webapp.services.errors import IllegalMove, NotFound, Refused
from webapp.services.paging import Start


def letters_to(session: AnySession, address: str) -> list[Mail]:
    return list(session.scalars(select(Mail).where(Mail.to == address).order_by(Mail.id)))


def test_a_draft_needs_a_title_only(session: AnySession) -> None:
    user = make_host_user(session, make_host(session))
    draft = assignments.create(session, user, "  Build a rain gauge network ")
    assert (draft.state, draft.title, draft.host_id) == ("draft", "Build a rain gauge network", user.host_id)
    with pytest.raises(Refused):
        assignments.create(session, user, "   ")


def test_another_hosts_assignment_does_not_exist(session: AnySession) -> None:
    other, work = make_host_user(session, make_host(session)), make_whole(session)
    for act in (
        lambda: assignments.edit(session, other, work, {"title": "Mine"}),
        lambda: assignments.submit(session, other, work),
        lambda: assignments.copy(session, other, work),
        lambda: assignments.cancel(session, other, work),
        lambda: assignments.take_back(session, other, work),
    ):
        with pytest.raises(NotFound):
            act()


@pytest.mark.parametrize("name", sorted(set(whole_columns()) | {"start_on", "end_on", "weeks"}))
def test_each_thing_that_is_missing_is_named(session: AnySession, name: str) -> None:
    work = make_whole(session)
    assert missing_items(work, clock.today()) == {}
    setattr(work, name, {"sdg_targets": []}.get(name, "" if isinstance(getattr(work, name), str) else None))
    session.expunge(work)  # a blank that the table itself would refuse is not written
    assert name in missing_items(work, clock.today())


@pytest.mark.parametrize("name", ["skills", "languages", "money"])
def test_empty_lists_are_missing(session: AnySession, name: str) -> None:
    work = make_whole(session)
    getattr(work, name).clear()
    assert list(missing_items(work, clock.today())) == [name]


def test_online_work_needs_hours_and_no_lodging(session: AnySession) -> None:
    work = make_whole(session, mode="online", lodging="", water="", location="")
    assert list(missing_items(work, clock.today())) == ["online_from", "online_to", "time_zone"]


def test_dates_that_cannot_be_right_are_missing(session: AnySession) -> None:
    today = clock.today()
    past = make_whole(session, start_on=today - timedelta(90), end_on=today - timedelta(1))
    assert "end_on" in missing_items(past, today)
    short = make_whole(session, start_on=today, end_on=today + timedelta(83), weeks=12)
    assert missing_items(short, today) == {}  # twelve weeks to the day
    short.weeks = 13
    assert list(missing_items(short, today)) == ["weeks"]


def test_sending_names_everything_that_is_missing_and_moves_nothing(session: AnySession) -> None:
    user = make_host_user(session, make_host(session))
    draft = assignments.create(session, user, "Teach")
    with pytest.raises(assignments.Incomplete) as caught:
        assignments.submit(session, user, draft)
    assert len(caught.value.missing) > 30
    assert {"tasks", "skills", "replaces_strikers", "places_international"} <= set(caught.value.missing)
    assert draft.state == "draft"


def test_sending_writes_to_coordinators_and_keeps_hints(session: AnySession) -> None:
    work = make_whole(session, tasks="Repair the roof of the orphanage school.")
    user, coordinator = make_host_user(session, work.host), make_user(session, "coordinator", work.vio)
    assignments.submit(session, user, work)
    assert (work.state, work.submitted_at is not None) == ("submitted", True)
    assert len(letters_to(session, coordinator.email)) == 1
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "assignment_submitted")).one()
    assert event.detail["hints"] == ["resident_children"]


def test_what_is_never_published_cannot_be_sent(session: AnySession) -> None:
    work = make_whole(session, replaces_strikers=True, has_clinical_acts=True)
    with pytest.raises(assignments.NeverPublished) as caught:
        assignments.submit(session, make_host_user(session, work.host), work)
    assert [refusal.code for refusal in caught.value.refusals] == ["unlicensed_clinic", "replaces_strikers"]
    assert work.state == "draft"
    work.replaces_strikers = False
    work.skills[0].needs_licence = True  # general nursing
    session.flush()
    assignments.submit(session, make_host_user(session, work.host), work)
    assert work.state == "submitted"


def test_lists_are_replaced_and_kept_in_order(session: AnySession) -> None:
    work = make_whole(session)
    rows = [
        {"skill": "WAT-02", "level": 3, "is_essential": True, "needs_licence": False},
        {"skill": "NUR-01", "level": None, "is_essential": False, "needs_licence": True},
    ]
    assignments.edit(session, make_host_user(session, work.host), work, {"skills": rows})
    session.expire(work)
    assert [(s.skill, s.level, s.is_essential, s.needs_licence) for s in work.skills] == [
        ("WAT-02", 3, True, False),
        ("NUR-01", None, False, True),
    ]


def test_editing_takes_no_column_of_the_service(session: AnySession) -> None:
    work = make_whole(session)
    user = make_host_user(session, work.host)
    for name in ("state", "host_id", "vio_id", "published_at", "words_to_host", "nonsense"):
        with pytest.raises(KeyError):
            assignments.edit(session, user, work, {name: 1})


def test_editing_ends_an_importers_assumption(session: AnySession) -> None:
    work = make_whole(session, assumed={"hours": "from the file", "weeks": "from the file"})
    assignments.edit(session, make_host_user(session, work.host), work, {"hours": 20, "weeks": work.weeks})
    assert work.assumed == {"weeks": "from the file"}


def test_while_it_is_read_or_over_nothing_can_be_changed(session: AnySession) -> None:
    for state in ("submitted", "closed", "cancelled", "filled"):
        work = make_whole(session, state=state)
        with pytest.raises(Refused):
            assignments.edit(session, make_host_user(session, work.host), work, {"title": "Other"})


def test_an_open_assignment_takes_better_wording_and_is_ranked_again(session: AnySession) -> None:
    work = make_whole(session, state="open", published_at=clock.now())
    user, volunteer = make_host_user(session, work.host), make_volunteer(session, work.vio)
    ranking.rank_assignment(session, work)
    before = session.scalars(select(Match).where(Match.is_current)).one()
    assignments.edit(session, user, work, {"tasks": "Keep the ward's records, and nurse patients at night."})
    after = session.scalars(select(Match).where(Match.is_current)).one()
    assert after.volunteer_id == volunteer.id
    assert after.id != before.id
    with pytest.raises(Refused):
        assignments.edit(session, user, work, {"hours": 60})


def test_new_words_in_an_open_assignment_go_to_the_coordinators(session: AnySession) -> None:
    work = make_whole(session, state="open", published_at=clock.now())
    coordinator, user = make_user(session, "coordinator", work.vio), make_host_user(session, work.host)
    assignments.edit(session, user, work, {"learning": "How a ward works."})
    assert letters_to(session, coordinator.email) == []
    assignments.edit(session, user, work, {"learning": "How an orphanage works."})
    (letter,) = letters_to(session, coordinator.email)
    assert "orphanage" in letter.body
    assert work.state == "open"


def test_a_copy_asks_for_dates_and_safety_anew(session: AnySession) -> None:
    work = make_whole(session, state="closed", external_id="A-1", words_to_host="Old words")
    copy = assignments.copy(session, make_host_user(session, work.host), work)
    session.flush()
    assert (copy.state, copy.tasks, copy.external_id, copy.words_to_host) == ("draft", work.tasks, None, "")
    assert [(s.skill, s.level) for s in copy.skills] == [(s.skill, s.level) for s in work.skills]
    assert [line.what for line in copy.money] == ["room"]
    assert len(work.money) == 1
    missing = set(missing_items(copy, clock.today()))
    assert {"start_on", "end_on", "is_child_institution", "has_fees_not_listed"} <= missing
    assert copy.sdg_targets is not work.sdg_targets


def test_taking_back_hides_an_open_one_until_it_is_read_again(session: AnySession) -> None:
    work = make_whole(session, state="open", published_at=clock.now())
    user = make_host_user(session, work.host)
    assignments.take_back(session, user, work)
    assert work.state == "changes_requested"
    assignments.edit(session, user, work, {"hours": 20})
    assignments.submit(session, user, work)
    assignments.take_back(session, user, work)
    assert work.state == "draft"


def test_closing_and_what_cannot_be_closed(session: AnySession) -> None:
    work = make_whole(session, state="open", published_at=clock.now())
    user = make_host_user(session, work.host)
    assignments.close(session, user, work)
    assert work.state == "closed"
    with pytest.raises(IllegalMove):
        assignments.cancel(session, user, work)


def test_calling_it_off_tells_everyone_who_applied(session: AnySession) -> None:
    work = make_whole(session, state="open", published_at=clock.now())
    user, volunteer = make_host_user(session, work.host), make_volunteer(session)
    gone = make_application(session, make_volunteer(session), work, state="withdrawn")
    application = make_application(session, volunteer, work)
    with pytest.raises(Refused):
        assignments.cancel(session, user, work)
    assert assignments.cancel(session, user, work, "The clinic was flooded.") == 1
    assert (work.state, application.state, gone.state) == ("cancelled", "declined", "withdrawn")
    assert volunteer.user is not None
    (letter,) = letters_to(session, volunteer.user.email)
    assert "The clinic was flooded." in letter.body


def test_summaries_count_by_state(session: AnySession) -> None:
    work = make_assignment(session)
    today = clock.today()
    for days, state in ((9, "submitted"), (4, "submitted"), (2, "shortlisted"), (1, "withdrawn")):
        make_application(session, make_volunteer(session), work, state=state, answer_by=today + timedelta(days))
    make_application(session, make_volunteer(session), make_assignment(session))
    account = make_host_user(session, work.host)
    (one,) = assignment_lists.summaries(session, account, Start()).rows
    assert assignment_lists.newest(session, account, (work.state,), 3) == [one]
    assert assignment_lists.count(session, account) == 1
    assert (one.waiting, one.shortlisted, one.answer_by) == (2, 1, today + timedelta(4))
    assert isinstance(one.assignment, Assignment)


def test_assignment_keeps_a_title(session: AnySession) -> None:
    work = make_assignment(session, state="draft")
    with pytest.raises(Refused, match="Give it a title"):
        assignments.edit(session, make_host_user(session, work.host), work, {"title": "  "})
