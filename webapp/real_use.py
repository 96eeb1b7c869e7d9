"""Real use is not begun with people who were invented."""

from __future__ import annotations

from webapp.config import Config, ConfigError
from webapp.db import begin_reading, own_session
from webapp.services import demo


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
