"""What a group of people, or small ones together, is called wherever shares by group are shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _

from webapp import vocabulary
from webapp.views.coordinator.telling import language


def group_name(grouping: str, groups: Sequence[str], hosts: Mapping[str, str] | None = None) -> str:
    """Return the name of a line by country, language or host; `hosts` names the own ones."""
    if len(groups) > 1:
        # Not all are small: one may be there to hide the small ones, others because a table has an end.
        return _("The %(count)s smallest groups together", count=len(groups))
    (only,) = groups
    if grouping == "host":
        return (hosts or {}).get(only) or _("Hosts of other organizations")
    if not only:
        return _("No country named") if grouping == "country" else _("Too little text to tell")
    names = vocabulary.country_name if grouping == "country" else vocabulary.language_name
    return names(only, language())
