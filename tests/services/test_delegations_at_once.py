"""Two administrators at the same moment: in every order somebody goes on acting for all of the organization."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import Engine

from tests.factories import AnySession, make_user, make_vio
from webapp.db import SESSION_FACTORY, own_session
from webapp.models import User
from webapp.services import delegating, staff
from webapp.services.errors import Refused

Act = Callable[[AnySession, User, User], object]


def _narrow(session: AnySession, admin: User, account: User) -> object:
    return delegating.delegate(session, admin, account, ["KE"])


def _close(session: AnySession, admin: User, account: User) -> object:
    return staff.close(session, admin, account.id)


def _reopen(session: AnySession, admin: User, account: User) -> object:
    return staff.reopen(session, admin, account.id)


def _at_once(admin_id: int, *acts: tuple[Act, int]) -> list[bool]:
    """Let each act in a transaction of its own; all have read their account before one goes on."""
    start = Barrier(len(acts))

    def act(one: tuple[Act, int]) -> bool:
        try:
            with SESSION_FACTORY() as session:
                admin, account = session.get_one(User, admin_id), session.get_one(User, one[1])
                session.commit()  # SQLite knows one writer; what was read stays in the session, as within a request
                start.wait(30)
                one[0](session, admin, account)
                session.commit()
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(act, acts))


@pytest.fixture
def people(own_engine: Engine) -> tuple[int, int, int]:
    """Return an administrator and the two coordinators of a VIO, who act for all of it."""
    with own_session() as session:
        vio = make_vio(session)
        accounts = [make_user(session, "administrator"), *(make_user(session, "coordinator", vio) for _ in range(2))]
        return accounts[0].id, accounts[1].id, accounts[2].id


def _for_all(*ids: int) -> int:
    with own_session() as session:
        return sum(one.active and not one.is_delegated for one in (session.get_one(User, number) for number in ids))


@pytest.mark.parametrize("acts", [(_narrow, _narrow), (_narrow, _close)])
def test_of_the_last_two_one_goes_on_acting_for_all(people: tuple[int, int, int], acts: tuple[Act, Act]) -> None:
    admin, first, second = people
    for _round in range(4):
        done = _at_once(admin, (acts[0], first), (acts[1], second))
        assert sorted(done) == [False, True] and _for_all(first, second) == 1
        _whole_again(admin, first, second)


def _whole_again(admin_id: int, *ids: int) -> None:
    with own_session() as session:
        admin = session.get_one(User, admin_id)
        for one in sorted((session.get_one(User, number) for number in ids), key=lambda one: one.is_delegated):
            if not one.active:
                staff.reopen(session, admin, one.id)
            delegating.delegate(session, admin, one, [])


def test_who_was_delegated_a_moment_ago_does_not_go_as_the_last_for_all(people: tuple[int, int, int]) -> None:
    """One administrator has the page of a delegated coordinator open while another exchanges the two."""
    admin, first, second = people
    with own_session() as session:
        delegating.delegate(session, session.get_one(User, admin), session.get_one(User, second), ["KE"])
    with SESSION_FACTORY() as late:
        actor, seen = late.get_one(User, admin), late.get_one(User, second)
        assert seen.is_delegated
        late.commit()
        with own_session() as session:
            delegating.delegate(session, session.get_one(User, admin), session.get_one(User, second), [])
        with own_session() as session:
            delegating.delegate(session, session.get_one(User, admin), session.get_one(User, first), ["LA"])
        for leave in (_close, _narrow):
            with pytest.raises(Refused):
                leave(late, actor, seen)
            late.rollback()
    assert _for_all(first, second) == 1


def test_a_delegated_one_comes_back_to_somebody_or_not_at_all(people: tuple[int, int, int]) -> None:
    admin, first, second = people
    with own_session() as session:
        delegating.delegate(session, session.get_one(User, admin), session.get_one(User, second), ["KE"])
        staff.close(session, session.get_one(User, admin), second)
    _at_once(admin, (_reopen, second), (_close, first))
    with own_session() as session:
        there = [session.get_one(User, number).active for number in (first, second)]
    assert there in ([True, True], [False, False])
