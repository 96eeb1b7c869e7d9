"""The VIOs of an installation: what an administrator sets up."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import User, Vio
from webapp.models.accounts import COORDINATOR
from webapp.services import audit
from webapp.services.errors import NotFound, Refused
from webapp.words import lazy


@dataclass(frozen=True)
class VioFacts:
    """What the administrator says of a VIO; its rules for matching are its coordinators'."""

    name: str
    country: str
    contact_email: str
    is_open: bool
    retention_months: int
    access_review_months: int


def all_vios(session: Session) -> list[Vio]:
    """Return every VIO, by name."""
    return list(session.scalars(select(Vio).order_by(Vio.name)))


def coordinators_by_vio(session: Session) -> dict[int, int]:
    """Return how many active coordinators each VIO has."""
    query = select(User.vio_id, func.count()).where(User.role == COORDINATOR, User.active).group_by(User.vio_id)
    return {vio_id: count for vio_id, count in session.execute(query) if vio_id is not None}


def vio(session: Session, vio_id: int) -> Vio:
    """Return one VIO."""
    found = session.get(Vio, vio_id)
    if found is None:
        raise NotFound
    return found


def create(session: Session, actor: User, facts: VioFacts) -> Vio:
    """Make a VIO; coordinators are invited afterwards."""
    _check_name(session, facts.name, None)
    made = Vio(**asdict(facts), created_at=clock.now())
    session.add(made)
    session.flush()
    audit.record(session, actor, "vio_created", made, made.id)
    return made


def change(session: Session, actor: User, vio_id: int, facts: VioFacts) -> Vio:
    """Keep what the administrator says of a VIO."""
    kept = vio(session, vio_id)
    _check_name(session, facts.name, kept)
    changed = [name for name, value in asdict(facts).items() if getattr(kept, name) != value]
    for name in changed:
        setattr(kept, name, getattr(facts, name))
    if changed:
        audit.record(session, actor, "vio_changed", kept, kept.id, fields=changed)
    return kept


def _check_name(session: Session, name: str, own: Vio | None) -> None:
    same = session.scalar(select(Vio).where(func.lower(Vio.name) == name.lower()))
    if same is not None and same is not own:
        raise Refused(lazy("There is an organization of this name already. Choose another name."))
