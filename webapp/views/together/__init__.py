"""Pages that the people of a placement share: the same for each role, under its prefix and behind its guard."""

from __future__ import annotations

from flask import Blueprint

from webapp import permissions
from webapp.views.together import agreement, check_ins, messages

PAGES = (*agreement.PAGES, *check_ins.PAGES, *messages.PAGES)


def add_pages(blueprint: Blueprint) -> None:
    """Mount the shared pages on the blueprint of one role: those that the table of permissions gives it."""
    for rule, method, view in PAGES:
        if permissions.roles_of(f"{blueprint.name}.{view.__name__}"):
            blueprint.add_url_rule(rule, view_func=view, methods=[method])
