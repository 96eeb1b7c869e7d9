"""What a group of people, or small ones together, is called wherever shares by group are shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _

from webapp import vocabulary
from webapp.views.coordinator.telling import language


def group_name(grouping: str, groups: Sequence[str], hosts: Mapping[str, str] | None = None) -> str:
    """Return the name of a line by country, language or host; `hosts` names the own ones."""
    if len(groups) > 1:
        # Groups that are not small stand there too: one that hides the small ones, and those beyond a table's length.
        return _("%(count)s groups together, most of them small", count=len(groups))
    (only,) = groups
    if grouping == "host":
        return (hosts or {}).get(only) or _("Hosts of other organizations")
    if not only:
        return _("No country named") if grouping == "country" else _("Too little text to tell")
    names = vocabulary.country_name if grouping == "country" else vocabulary.language_name
    return names(only, language())
