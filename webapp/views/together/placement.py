"""What every shared page begins with: the placement, for whom the reader speaks, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import g, url_for

from webapp.db import Session
from webapp.models import Placement
from webapp.services.stay_sides import shared_placement, side_of

Page = tuple[str, str, Callable[..., Any]]  # address, method, view


def opened(placement_id: int) -> Placement:
    """Return a placement that the reader may open; NotFound otherwise."""
    return shared_placement(Session(), g.account, placement_id)


def common(placement: Placement) -> dict[str, Any]:
    """Return what the frame of these pages prints."""
    return {
        "placement": placement,
        "side": side_of(g.account, placement),
        "back": url_for(".placement", placement_id=placement.id),
    }
