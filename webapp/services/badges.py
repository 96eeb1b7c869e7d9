"""How much waits behind each entry of a role's menu: all of it in one statement, as every page shows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache

from sqlalchemy import Executable
from sqlalchemy.orm import Session

from webapp.models import User
from webapp.models.accounts import COORDINATOR, FOCAL_POINT, HOST, SUPPORTER, VOLUNTEER
from webapp.services import answers, clearance_board, counting, queue, shortlists, stay_waiting
from webapp.services.alumni import mentorship_sight
from webapp.services.counting import Counts
from webapp.services.recruitment import referees
from webapp.services.safeguarding import supporters, unread
from webapp.services.spelled_out import for_database
from webapp.services.stand_ins import BUILT, Plain


def _of_queue(kind: str) -> Callable[[User, date], Counts]:
    return lambda account, today: [queue.number_of(kind, account, today)]


# role -> what waits -> its counts
COUNTED: Mapping[str, Mapping[str, Callable[[User, date], Counts]]] = {
    COORDINATOR: {**{kind: _of_queue(kind) for kind in queue.KINDS}, "placements": stay_waiting.waiting},
    HOST: {"applicants": lambda account, _today: [shortlists.to_answer(account)], "placements": stay_waiting.waiting},
    VOLUNTEER: {
        "applications": lambda account, _today: [referees.wanted(account)],
        "invitations": lambda account, _today: answers.to_answer(account),
        "mentors": lambda account, _today: mentorship_sight.waiting(account),
        "papers": lambda account, _today: [clearance_board.own_to_do(account)],
        "placements": stay_waiting.waiting,
    },
    FOCAL_POINT: {
        "calls": lambda account, _today: [unread.open_calls(account)],
        "calls_written": lambda account, _today: [unread.calls_with_new_words(account)],
        "reports": lambda account, _today: [unread.new_reports(account)],
        "reports_added": lambda account, _today: [unread.reports_with_new_words(account)],
    },
}
# What few have little of is read row by row.
READ: Mapping[str, Mapping[str, Callable[[Session, User], int]]] = {
    SUPPORTER: {"home": supporters.count_waiting},
}


def waiting(session: Session, account: User, today: date) -> dict[str, int]:
    """Return how much waits for the account, by the names above."""
    read = {name: count(session, account) for name, count in READ.get(account.role, {}).items()}
    if account.role not in COUNTED:
        return read
    # Numbers alone come back, so the session's part in it, which every page would pay for, is left out.
    connection = session.connection()
    database = connection.dialect.name
    return {**read, **connection.execute(_statement(Plain.of(account), today, database)).mappings().one()}


@lru_cache(maxsize=BUILT)
def _statement(plain: Plain, today: date, database: str) -> Executable:
    account = plain.stand_in()
    left_out = set(queue.KINDS).difference(queue.kinds_of(account))
    names = [name for name in COUNTED[plain.role] if name not in left_out]
    counts = {name: COUNTED[plain.role][name](account, today) for name in names}
    return for_database(counting.together(counts), database)
