"""How long a host usually takes, in words."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import ngettext


def usual_answer(host: str, days: int | None) -> str:
    """Return how many days `host` usually takes to answer, or that it is not known yet."""
    if days is None:
        return _("How long %(host)s usually takes to answer is not known yet.", host=host)
    return ngettext(
        "%(host)s usually answers within %(num)s day.", "%(host)s usually answers within %(num)s days.", days, host=host
    )
