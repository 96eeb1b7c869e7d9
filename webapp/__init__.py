"""Caravanserai's web service; `create_app` reads as its table of contents."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from flask import Flask, Response, g, request

from webapp.addresses import register_addresses
from webapp.config import Config, config_from_environment
from webapp.db import Session, begin_reading, bind, keep_key, make_engine
from webapp.errors import register_errors
from webapp.i18n import register_i18n
from webapp.logs import register_logs
from webapp.page_environment import PageEnvironment
from webapp.proxy import register_proxy
from webapp.security import register_security
from webapp.views import register_views

LARGEST_BODY = 16 * 1024 * 1024
# What is opened with GET and changes something: links in letters, and messages, which are marked as read.
WRITING_LINKS = (
    "security.confirm_email",
    "security.logout",
    "public.come_back",
    *(f"{role}.placement_messages" for role in ("volunteer", "host", "coordinator")),
)
READING_FORMS = ("host.live",)  # sent with POST because they are long; they keep nothing and wait for no writer
log = logging.getLogger(__name__)


def create_app(config: Config | None = None, wake: Callable[[], Any] | None = None) -> Flask:
    """Return the application; `wake` is called after a commit that left work for the background."""
    config = config or config_from_environment()
    app = Flask("webapp")
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    app.extensions["config"] = config
    app.jinja_environment = PageEnvironment
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    register_proxy(app, config)
    register_logs(app)
    register_addresses(app)
    register_database(app, config, wake)
    register_security(app, config)
    register_i18n(app)
    register_views(app)
    register_errors(app)
    return app


def register_database(app: Flask, config: Config, wake: Callable[[], Any] | None) -> None:
    """One transaction for each request: committed on success, forgotten otherwise."""
    keep_key(config.data_key, config.hash_key, config.columns_dir)
    if not config.is_test:  # the tests bind their own connection
        bind(make_engine(config.database_url))

    @app.before_request
    def begin() -> None:
        is_sent = request.method not in ("GET", "HEAD", "OPTIONS") and request.endpoint not in READING_FORMS
        writes = is_sent or request.endpoint in WRITING_LINKS
        g.writes = writes
        if not writes and not config.is_test and request.endpoint not in ("static", "public.healthz"):
            begin_reading(Session())

    @app.after_request
    def commit_on_success(response: Response) -> Response:
        is_good = response.status_code < 400
        session = Session()
        if is_good:
            g.is_being_stored = True
            session.commit()
            g.is_being_stored = False
        else:
            session.rollback()
        if session.info.pop("wake", False) and is_good and wake is not None:
            try:
                wake()
            except Exception:
                log.exception("the queue is away; the worker looks by itself each minute")
        return response

    @app.teardown_appcontext
    def forget(_error: BaseException | None) -> None:
        if not config.is_test:
            Session.remove()
