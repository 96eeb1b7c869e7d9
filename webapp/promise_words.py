"""Why a promised day is a later one, in words."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import get_locale
from flask_babel import gettext as _

from webapp import vocabulary
from webapp.working_days import Holiday


def why_later(found: Sequence[Holiday]) -> str:
    """Return because of which holidays a promised day is a later one; blank where it is not."""
    return " ".join(_one(one) for one in found)


def _one(one: Holiday) -> str:
    country = vocabulary.country_name(one.country, str(get_locale()))
    words = [_("The day is a later one because of a holiday in %(country)s.", country=country)]
    if one.is_estimate:
        words.append(_("When that holiday comes is an estimate."))
    return " ".join(words)
