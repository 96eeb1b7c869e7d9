"""What waits in a VIO about bars: a second person, an answer to an appeal, or somebody to look at a likeness."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from webapp.models import Bar, BarAppeal, User


def waiting(account: User) -> Select[int, datetime]:
    """Return the bars that wait for this account, with since when, the oldest first."""
    not_mine = and_(Bar.proposed_by_id.is_distinct_from(account.id), Bar.confirmed_by_id.is_distinct_from(account.id))
    appealed = BarAppeal.state == "waiting"
    since = func.coalesce(BarAppeal.made_at, Bar.proposed_at)
    query = select(Bar.id, since).outerjoin(BarAppeal, and_(BarAppeal.bar_id == Bar.id, appealed))
    query = query.where(Bar.vio_id == account.vio_id, not_mine)
    return query.where(or_(Bar.state == "proposed", BarAppeal.id.is_not(None))).order_by(since, Bar.id)


def count_waiting(session: Session, account: User) -> int:
    """Return how many bars wait for this account."""
    return session.scalar(select(func.count()).select_from(waiting(account).subquery())) or 0
