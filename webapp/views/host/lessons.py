"""Lessons, as a host writes and reads them."""

from __future__ import annotations

from webapp.views.host import blueprint
from webapp.views.lessons import add_library, add_writing

add_library(blueprint)
add_writing(blueprint)
