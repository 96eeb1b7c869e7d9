"""What is seen: one package for each role, whose name is blueprint, URL prefix, guard and template folder."""

from __future__ import annotations

from flask import Flask

from webapp.views import account, administrator, by_mail, coordinator, focal_point, host, public, supporter, volunteer
from webapp.views.menu import register_menu


def register_views(app: Flask) -> None:
    """Mount every role's pages."""
    for package in (public, account, volunteer, host, coordinator, administrator, focal_point, supporter, by_mail):
        app.register_blueprint(package.blueprint)
    register_menu(app)
