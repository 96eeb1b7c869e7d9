"""Each role's menu, as data."""

from __future__ import annotations

from flask import Flask, g, request, url_for
from flask_babel import gettext

from webapp.words import Words, lazy

# role -> (words, endpoint); visitors have the role None.
MENUS: dict[str | None, tuple[tuple[Words, str], ...]] = {
    None: ((lazy("Sign in"), "security.login"), (lazy("Register"), "security.register")),
    "volunteer": ((lazy("Home"), "volunteer.home"),),
    "host": ((lazy("Home"), "host.home"),),
    "coordinator": ((lazy("Queue"), "coordinator.home"),),
    "administrator": ((lazy("Home"), "administrator.home"),),
}


def register_menu(app: Flask) -> None:
    """Give templates the menu of the one who reads."""
    app.context_processor(_menu)


def _menu() -> dict[str, object]:
    account = g.get("account")
    entries = MENUS[account.role if account else None]
    menu = [(gettext(words.text), url_for(endpoint), endpoint == request.endpoint, None) for words, endpoint in entries]
    return {"menu": menu}
