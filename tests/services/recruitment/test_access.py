"""Who reads which part of what recruitment holds is what the table of permissions gives."""

from __future__ import annotations

import pytest

from tests.factories import AnySession, make_application, make_assignment, make_host_user, make_user, make_volunteer
from tests.stays import coordinator_of, user_of
from webapp.services.errors import NotFound
from webapp.services.recruitment import access, scorecards

PARTS = ("answers", "references", "misconduct", "scorecards", "notes")


def test_a_part_is_read_by_whom_the_table_gives_it(session: AnySession) -> None:
    application = make_application(session, make_volunteer(session), make_assignment(session))
    work = application.assignment
    given = {
        coordinator_of(session, work.vio): set(PARTS),
        user_of(application.volunteer): {"answers", "references"},
        make_host_user(session, work.host): set(),
        make_user(session, "coordinator"): set(),
        make_user(session, "coordinator", work.vio, delegated=["KE"]): set(PARTS),
        make_user(session, "coordinator", work.vio, delegated=["NP"]): set(),
        make_user(session, "administrator"): set(),
    }
    for account, parts in given.items():
        assert {part for part in PARTS if access.may_read(account, application, part)} == parts, account.role
        if not parts & {"scorecards"}:
            with pytest.raises(NotFound):
                scorecards.cards_of(session, account, application)


def test_a_volunteer_of_the_vio_that_asks_reads_no_less(session: AnySession) -> None:
    work = make_assignment(session)
    application = make_application(session, make_volunteer(session, work.vio), work)
    own = user_of(application.volunteer)
    assert {part for part in PARTS if access.may_read(own, application, part)} == {"answers", "references"}


def test_answers_go_with_the_sight_of_the_person(session: AnySession) -> None:
    work = make_assignment(session)
    application = make_application(session, make_volunteer(session), work)
    who = coordinator_of(session, work.vio)
    assert access.seen_application(session, who, application.id) is application
    application.state = "withdrawn"
    session.flush()
    with pytest.raises(NotFound):
        access.seen_application(session, who, application.id)
