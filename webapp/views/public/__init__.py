"""Pages that everybody may see."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("public", __name__)

from webapp.views.public import (  # noqa: E402, F401  (their routes register on the blueprint)
    about,
    agreement,
    are_you_safe,
    calendar,
    certificates,
    community,
    demo_mail,
    follow_up,
    home,
    invitations,
    openings,
    own_report,
    references,
    routes,
    service,
    sharing,
    single_sign_on,
    speaking_up,
    stop_letters,
)
