"""The settings of Alembic for a database, for commands, background work and backups alike."""

from __future__ import annotations

from alembic.config import Config as AlembicConfig

from webapp.config import ROOT


def alembic_config(database_url: str, data_key: str) -> AlembicConfig:
    """Return Alembic's settings for the database at an address; setup.cfg says where the migrations lie.

    The key is for marks that a step makes and only this installation can make.
    """
    settings = AlembicConfig(str(ROOT / "setup.cfg"))
    settings.set_main_option("script_location", str(ROOT / "migrations"))
    settings.attributes.update(url=database_url, data_key=data_key)
    return settings
