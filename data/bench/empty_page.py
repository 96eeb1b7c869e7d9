"""The least that Flask can answer, beside which the service's pages are measured.

gunicorn takes this module for its configuration as well: the service's, without what belongs to a database.
"""

from __future__ import annotations

from flask import Flask

from webapp.serving import (  # noqa: F401 (read by gunicorn)
    bind,
    child_exit,
    control_socket_disable,
    keepalive,
    preload_app,
    threads,
    when_ready,
    worker_class,
    workers,
)

app = Flask("empty")


@app.get("/")
def page() -> str:
    """Answer with hardly anything."""
    return "<!doctype html><title>empty</title>"
