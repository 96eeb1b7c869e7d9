"""How many places of each kind are held: by offers and placements, and local ones by the host itself."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from webapp.models import Assignment, Offer, Place, TeamRole, Volunteer

Held = Mapping[int, Mapping[str, int]]  # assignment id -> kind -> places


def held(session: Session, which: ColumnElement[bool], but_for: Volunteer | None = None) -> Held:
    """Return the places that are held of the assignments for which `which` is true, but for those of one person.

    Two queries, however many assignments; one of which nothing is held is not in it.
    """
    query = select(Place.assignment_id, Place.kind, func.count()).join(Assignment).where(which)
    if but_for is not None:
        query = query.join(Offer, Offer.id == Place.offer_id).where(Offer.volunteer_id != but_for.id)
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for assignment_id, kind, number in session.execute(query.group_by(Place.assignment_id, Place.kind)):
        found[assignment_id][kind] += number
    by_host = select(TeamRole.assignment_id, func.sum(TeamRole.by_host)).join(Assignment).where(which)
    for assignment_id, number in session.execute(by_host.group_by(TeamRole.assignment_id)):
        found[assignment_id]["local"] += number
    return found
