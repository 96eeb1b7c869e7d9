"""How a placement was, said by the host."""

from __future__ import annotations

from webapp.views.debriefs import add_debrief
from webapp.views.host import blueprint

add_debrief(blueprint)
