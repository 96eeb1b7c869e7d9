"""That somebody was erased, known again by the address alone: a keyed hash stands where the address stood.

Nobody can read the address from it. Only whoever has the address, and the key of the installation, sees that they meet.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import User
from webapp.models.accounts import ERASED_HOUSE
from webapp.services.bars.marks import hash_of, plain_email

LENGTH = 32  # of the 64 signs of a hash


def address_of(session: Session, vio_id: int, address: str) -> str:
    """Return what stands in the place of an erased person's address."""
    return f"{hash_of(session, vio_id, 'erased', plain_email(address))[:LENGTH]}{ERASED_HOUSE}"


def addresses(session: Session, vio_id: int) -> set[str]:
    """Return what stands in the place of the addresses of everybody whom the VIO had and who was erased."""
    query = select(User.email).where(User.vio_id == vio_id, User.email.endswith(ERASED_HOUSE, autoescape=True))
    return set(session.scalars(query))
