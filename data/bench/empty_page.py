"""The least that Flask can answer, beside which the service's pages are measured."""

from __future__ import annotations

from flask import Flask

app = Flask("empty")


@app.get("/")
def page() -> str:
    """Answer with hardly anything."""
    return "<!doctype html><title>empty</title>"
