"""How a placement was, said by the volunteer."""

from __future__ import annotations

from webapp.views.debriefs import add_debrief
from webapp.views.volunteer import blueprint

add_debrief(blueprint)
