"""Lessons, as a volunteer writes and reads them."""

from __future__ import annotations

from webapp.views.lessons import add_library, add_writing
from webapp.views.volunteer import blueprint

add_library(blueprint)
add_writing(blueprint)
