"""Writes the country sheets of the demonstration, from data/sample."""

from __future__ import annotations

import tomllib

from sqlalchemy.orm import Session

from webapp.services import country_sheets
from webapp.services.demo.sample import FOLDER
from webapp.services.demo.world import World


def write(session: Session, world: World) -> None:
    """Write each sheet as a coordinator of its office."""
    sheets = tomllib.loads((FOLDER / "country_sheets.toml").read_text(encoding="utf-8"))
    for cells in sheets["sheet"]:
        who = world.coordinators[cells["vio"]]
        country_sheets.write(session, who, cells["country"], cells["language"], cells["says"])
