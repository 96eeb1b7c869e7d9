"""Who is on duty, how long an owner of a call has, and the list that a call goes down; set by the focal points."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import EscalationStep, Safeguarding, User, Vio
from webapp.services import audit
from webapp.services.codes import draw
from webapp.services.errors import NotFound, Refused
from webapp.services.safeguarding import people
from webapp.words import lazy

CODE_LENGTH = 6
SETTINGS = ("emergency", "duty_line", "duty_person_id", "minutes_now", "minutes_today", "minutes_week")
MOST_STEPS = 8


def of_vio(session: Session, vio_id: int) -> Safeguarding | None:
    """Return how a VIO can be reached in need; None where it never had a focal point."""
    return session.scalar(select(Safeguarding).where(Safeguarding.vio_id == vio_id))


def prepare(session: Session, vio_id: int) -> Safeguarding:
    """Make a VIO's row with a code for its poster, or return the one that stands."""
    kept = of_vio(session, vio_id)
    if kept is None:
        kept = Safeguarding(vio_id=vio_id, poster_code=draw(CODE_LENGTH))
        session.add(kept)
        session.flush()
    return kept


def own(session: Session, account: User) -> Safeguarding:
    """Return the row of a focal point's VIO."""
    kept = of_vio(session, people.check_focal_point(account))
    if kept is None:
        raise NotFound
    return kept


def by_code(session: Session, code: str) -> Safeguarding:
    """Return the VIO behind a poster's code, however its letters are written; NotFound where nobody would read."""
    kept = session.scalar(select(Safeguarding).where(Safeguarding.poster_code == code.strip().upper()))
    if kept is None or not people.focal_points(session, kept.vio_id):
        raise NotFound
    return kept


def reachable(session: Session) -> list[Safeguarding]:
    """Return the VIOs to whom one can speak up, by name."""
    rows = session.scalars(select(Safeguarding).join(Vio, Vio.id == Safeguarding.vio_id).order_by(Vio.name))
    return [row for row in rows if people.focal_points(session, row.vio_id)]


def on_duty(kept: Safeguarding | None) -> User | None:
    """Return the duty person, None where none is named or the account is closed."""
    person = kept.duty_person if kept else None
    return person if person is not None and person.active else None


def goes_on(kept: Safeguarding | None) -> bool:
    """Whether a call that the duty person does not take up goes on to somebody else who reads it."""
    others = [step.user for step in kept.steps if step.user_id != kept.duty_person_id] if kept else []
    return any(one is not None and one.active for one in others)


def change(session: Session, account: User, values: Mapping[str, Any]) -> list[str]:
    """Keep `values` (names of SETTINGS) and return which ones changed."""
    kept = own(session, account)
    known = {one.id for one in people.focal_points(session, kept.vio_id)}
    if values.get("duty_person_id") is not None and values["duty_person_id"] not in known:
        raise Refused(lazy("Choose a focal point of your own organization."))
    changed = [name for name in SETTINGS if name in values and getattr(kept, name) != values[name]]
    for name in changed:
        setattr(kept, name, values[name])
    session.flush()
    session.expire(kept, ["duty_person"])
    if changed:
        audit.record(session, account, "duty_changed", kept, settings=changed)
    return changed


def add_step(session: Session, account: User, user_id: int | None, name: str, phone: str) -> EscalationStep:
    """Put somebody at the end of the list: a focal point who gets the call, or a person to telephone."""
    kept = own(session, account)
    person = next((one for one in people.focal_points(session, kept.vio_id) if one.id == user_id), None)
    if user_id is not None and person is None:
        raise Refused(lazy("Choose a focal point of your own organization."))
    if person is not None and any(step.user_id == person.id for step in kept.steps):
        raise Refused(lazy("This person stands on the list already."))
    called = name or (person.display_name or "" if person else "")
    if not called or (person is None and not phone):
        raise Refused(lazy("Choose a focal point, or write a name and a telephone number."))
    if len(kept.steps) >= MOST_STEPS:
        raise Refused(lazy("The list is long enough. Take somebody off it first."))
    position = max((step.position for step in kept.steps), default=0) + 1
    step = EscalationStep(position=position, user_id=user_id, name=called, phone=phone)
    kept.steps.append(step)
    audit.record(session, account, "duty_step_added", kept, step=position)
    return step


def remove_step(session: Session, account: User, step_id: int) -> None:
    """Take somebody off the list."""
    kept = own(session, account)
    step = next((one for one in kept.steps if one.id == step_id), None)
    if step is None:
        raise NotFound
    kept.steps.remove(step)
    audit.record(session, account, "duty_step_removed", kept, step=step.position)
