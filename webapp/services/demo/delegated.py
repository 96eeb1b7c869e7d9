"""A coordinator of the demonstration to whom one country is delegated."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import User
from webapp.models.accounts import ADMINISTRATOR
from webapp.services import accounts
from webapp.services.delegating import delegate

COLLEAGUE = "colleague@monsoon.example"
EMAIL, COUNTRY = "tanzania@monsoon.example", "TZ"


def write(session: Session) -> None:
    """Make the account beside its colleagues, and let it act for its country only."""
    beside = session.scalars(select(User).where(User.email == COLLEAGUE)).one()
    made = accounts.create_account(
        session,
        EMAIL,
        beside.password or "",
        beside.role,
        vio_id=beside.vio_id,
        display_name="Colleague for Tanzania",
    )
    administrator = session.scalars(select(User).where(User.role == ADMINISTRATOR).order_by(User.id)).first()
    delegate(session, administrator or beside, made, [COUNTRY])
