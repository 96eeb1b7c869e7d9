"""What runs, for whoever watches it: one line of JSON a request, and counters. Neither names a person."""

from __future__ import annotations

import json
import logging
import os
import time
import traceback
from datetime import UTC, datetime
from typing import Any

from flask import Flask, Response, g, request
from prometheus_client import REGISTRY, CollectorRegistry, Counter, Histogram
from prometheus_client.multiprocess import MultiProcessCollector

from webapp.outages import is_outage

REQUESTS = Counter("caravanserai_requests_total", "Requests", ["pages", "method", "status"])
SECONDS = Histogram("caravanserai_request_seconds", "Time to answer", ["pages"], buckets=(0.05, 0.1, 0.3, 1, 3, 10))
METHODS = ("GET", "HEAD", "POST", "OPTIONS")
log = logging.getLogger("webapp.requests")


class JsonLines(logging.Formatter):
    """A record as one line of JSON; `extra={"facts": {...}}` adds fields."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {"at": at, "level": record.levelname, "logger": record.name, "message": record.getMessage()}
        line |= getattr(record, "facts", {})
        if record.exc_info and record.exc_info[1]:
            line["error"] = told(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


def told(error: BaseException) -> str:
    """Return kinds and lines of code of an error and of what led to it; not its words, which quote people."""
    parts, cause = [], error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause:
        parts.append(told(cause))
    parts += ["".join(traceback.format_tb(error.__traceback__)), type(error).__name__]
    return "\n".join(part.rstrip() for part in parts if part)


def write_json_lines(level: int = logging.INFO) -> None:
    """Send the log of this process to standard error, as lines of JSON."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.getLogger("alembic").setLevel(logging.WARNING)


def registry() -> CollectorRegistry:
    """Return the counters of this process, or of all workers where gunicorn runs several."""
    if not os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        return REGISTRY
    together = CollectorRegistry()
    MultiProcessCollector(together)
    return together


def register_logs(app: Flask) -> None:
    """Time and count every request. Of its address only the endpoint is kept: paths hold ids and links' secrets."""

    def broken(exc_info: Any) -> None:
        if is_outage(exc_info[1]):
            return  # its page says it in one line; a full disk has no room for a trace with each request
        facts = {"endpoint": request.endpoint, "method": request.method}
        app.logger.error("a page broke", exc_info=exc_info, extra={"facts": facts})

    app.log_exception = broken  # type: ignore[method-assign]  # Flask's own writes the path

    @app.before_request
    def start() -> None:
        g.started = time.perf_counter()

    @app.after_request
    def count(response: Response) -> Response:
        pages = request.blueprint or request.endpoint or "nowhere"
        seconds = time.perf_counter() - g.get("started", time.perf_counter())
        method = request.method if request.method in METHODS else "OTHER"
        REQUESTS.labels(pages, method, f"{response.status_code // 100}xx").inc()
        SECONDS.labels(pages).observe(seconds)
        if request.endpoint not in ("static", "public.healthz", "public.metrics"):
            facts = {"endpoint": request.endpoint, "method": method, "status": response.status_code}
            log.info("answered", extra={"facts": {**facts, "ms": round(seconds * 1000)}})
        return response
