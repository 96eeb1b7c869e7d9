"""The trial of two orders of hints: who draws, that both come up, and that a draw stays."""

from __future__ import annotations

from tests.factories import AnySession, make_assignment, make_host, make_host_user, make_vio
from webapp.models import Assignment, HintDraw, User
from webapp.models.trials import HINT_ORDERS
from webapp.services import assignments, hint_trial


def _host(session: AnySession, is_on: bool) -> User:
    return make_host_user(session, make_host(session, make_vio(session, hint_trial=is_on)))


def _begin(session: AnySession, account: User) -> Assignment:
    return assignments.create(session, account, "Nurse for the ward")


def test_nothing_is_drawn_until_the_office_turns_it_on(session: AnySession) -> None:
    work = _begin(session, _host(session, is_on=False))
    assert hint_trial.order_of(session, work) is None
    assert session.query(HintDraw).count() == 0


def test_new_ones_and_copies_draw_and_both_orders_come_up(session: AnySession) -> None:
    account = _host(session, is_on=True)
    first = _begin(session, account)
    begun = [first, *(assignments.copy(session, account, first) for _number in range(40))]
    orders = [hint_trial.order_of(session, work) for work in begun]
    assert set(orders) == set(HINT_ORDERS)
    # A fair coin gives fewer than 9 of 41 once in 6,000 times; the ids, and so the lots, differ from run to run.
    assert min(map(orders.count, HINT_ORDERS)) >= 9


def test_a_draw_stays_whatever_the_office_does_later(session: AnySession) -> None:
    account = _host(session, is_on=True)
    drawn = _begin(session, account)
    order = hint_trial.order_of(session, drawn)
    drawn.host.vio.hint_trial = False
    assignments.edit(session, account, drawn, {"tasks": "Nurse patients."})
    assert hint_trial.order_of(session, drawn) == order
    assert hint_trial.order_of(session, _begin(session, account)) is None


def test_what_was_begun_before_draws_nothing_later(session: AnySession) -> None:
    account = _host(session, is_on=False)
    work = make_assignment(session, account.host, state="draft", published_at=None)
    work.host.vio.hint_trial = True
    assignments.edit(session, account, work, {"tasks": "Nurse patients."})
    assert hint_trial.order_of(session, work) is None


def test_the_draw_goes_with_its_assignment(session: AnySession) -> None:
    work = _begin(session, _host(session, is_on=True))
    session.delete(work)
    session.flush()
    session.expire_all()
    assert session.query(HintDraw).count() == 0
