"""What waits in a VIO about bars: a second person, an answer to an appeal, or somebody to look at a likeness."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from webapp.models import Bar, BarAppeal, User
from webapp.services.bars.sight import DECIDING


def waiting(account: User) -> Select[int, datetime]:
    """Return the bars that wait for this account, with since when, the oldest first."""
    not_mine = and_(Bar.proposed_by_id.is_distinct_from(account.id), Bar.confirmed_by_id.is_distinct_from(account.id))
    # Where everybody took part, an appeal waits for all: they have to find somebody who answers it.
    can_answer = (User.vio_id == Bar.vio_id, User.role.in_(DECIDING), User.active)
    no_part = (Bar.proposed_by_id.is_distinct_from(User.id), Bar.confirmed_by_id.is_distinct_from(User.id))
    is_everybodys = and_(Bar.state == "standing", ~exists().where(*can_answer, *no_part).correlate(Bar))
    appealed = BarAppeal.state == "waiting"
    since = func.coalesce(BarAppeal.made_at, Bar.proposed_at)
    query = select(Bar.id, since).outerjoin(BarAppeal, and_(BarAppeal.bar_id == Bar.id, appealed))
    query = query.where(Bar.vio_id == account.vio_id, or_(not_mine, is_everybodys))
    return query.where(or_(Bar.state == "proposed", BarAppeal.id.is_not(None))).order_by(since, Bar.id)


def count_waiting(session: Session, account: User) -> int:
    """Return how many bars wait for this account."""
    return session.scalar(select(func.count()).select_from(waiting(account).subquery())) or 0
