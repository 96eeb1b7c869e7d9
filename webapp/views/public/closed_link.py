"""The page behind a link that worked once: what is wrong, in words, and that it stays so (410)."""

from __future__ import annotations

from flask import render_template

from webapp.i18n import translate
from webapp.services.errors import Refused


def closed_link(heading: str, refused: Refused) -> tuple[str, int]:
    """Say kindly why there is nothing behind the link any more."""
    return render_template("error.html", heading=heading, words=translate(refused.words)), 410
