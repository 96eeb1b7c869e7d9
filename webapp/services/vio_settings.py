"""What the coordinators of a VIO choose for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from webapp.models import User, Vio
from webapp.services import audit, ranking
from webapp.services.errors import NotFound

# What coordinators may change; the name and country of a VIO are the administrator's.
SETTINGS = (
    "contact_email",
    "about",
    "is_open",
    "language",
    "strong_score",
    "host_answer_days",
    "offer_answer_days",
    "check_in_weeks",
    "review_answer_days",
    "route_wording",
    "no_go",
    "retention_months",
    "document_days",
    "shares_decisions",
    "host_training",
    "volunteer_training",
    "least_coach_score",
    "hint_trial",
)


def vio_of(session: Session, account: User) -> Vio:
    """Return the VIO for which the account works."""
    vio = session.get(Vio, account.vio_id) if account.vio_id else None
    if vio is None:
        raise NotFound
    return vio


def change_settings(session: Session, account: User, values: Mapping[str, Any]) -> list[str]:
    """Keep `values` (names of SETTINGS, checked by the form and the table) and return which ones changed."""
    vio = vio_of(session, account)
    changed = [name for name in SETTINGS if name in values and getattr(vio, name) != values[name]]
    for name in changed:
        setattr(vio, name, values[name])
    if changed:
        audit.record(session, account, "vio_settings_changed", vio, vio.id, settings=changed)
    if "no_go" in changed:  # who is eligible depends on it
        ranking.request_everything(session, account)
    return changed
