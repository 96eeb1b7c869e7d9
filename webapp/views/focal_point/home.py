"""What waits for a focal point."""

from __future__ import annotations

from flask import g, render_template

from webapp.db import Session
from webapp.services import vio_settings
from webapp.services.safeguarding import people
from webapp.views.focal_point import blueprint


@blueprint.get("/")
def home() -> str:
    """Show what waits."""
    session = Session()
    vio = vio_settings.vio_of(session, g.account)
    return render_template(
        "focal_point/home.html", vio=vio, too_few=len(people.focal_points(session, vio.id)) < people.FEWEST
    )
