"""Focal points, supporters and reports for tests, made by the services that make them in life."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.factories import AnySession, make_user, make_vio
from webapp.models import Report, User, Vio
from webapp.services.safeguarding import duty, speaking_up
from webapp.services.safeguarding.speaking_up import Said

PHRASE = "the blue gate"
WHAT = "A man shouted at the children behind the school and locked the door."


@dataclass
class Line:
    """A VIO with two focal points, outside the line of its placements."""

    vio: Vio
    first: User
    second: User


def make_line(session: AnySession, vio: Vio | None = None) -> Line:
    """Make two focal points with names that no test text holds."""
    vio = vio or make_vio(session)
    duty.prepare(session, vio.id)
    first = make_user(session, "focal_point", vio, display_name="Amina Yusuf")
    return Line(vio, first, make_user(session, "focal_point", vio, display_name="Chen Weiqiang"))


def make_report(session: AnySession, line: Line, not_to: tuple[User, ...] = (), **over: Any) -> tuple[Report, str]:
    """Make a report with PHRASE, and return it with its code."""
    said = Said(**{"kind": "child", "what": WHAT, **over})
    return speaking_up.speak_up(session, line.vio.id, said, PHRASE, [one.id for one in not_to])
