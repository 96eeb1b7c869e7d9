"""What is looked at before the service begins: no invented people in real use, and no other key than the database's."""

from __future__ import annotations

from sqlalchemy import select

from webapp.config import Config, ConfigError
from webapp.db import begin_reading, own_session
from webapp.models import AuditHead
from webapp.services import audit_chain, demo


def refuse_another_key() -> None:
    """Raise ConfigError where the bound database lies under another DATA_KEY: what is written then, nobody can read."""
    with own_session() as session:
        begin_reading(session)
        end = session.scalars(select(AuditHead)).one_or_none()
        if end is not None and audit_chain.lies_under_another_key(session, end, in_doubt=True):
            raise ConfigError(
                "DATA_KEY is not the one under which this database was written. Set the one that the service ran with;"
                " to change it, stop the service and use `./run manage rotate-key` (docs/operations.md)."
            )


def refuse_demonstration(config: Config) -> None:
    """Raise ConfigError in real use where the bound database holds an account of the demonstration."""
    if config.is_demo:
        return
    with own_session() as session:
        begin_reading(session)
        if demo.has_invented_accounts(session):
            raise ConfigError(
                "This database holds the demonstration, whose password everybody knows. For real use begin with an"
                " empty one: set DATABASE_URL or DATA_DIR to another place."
            )
