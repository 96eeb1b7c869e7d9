"""The map of the routes, with the same facts in words beside it."""

from __future__ import annotations

from flask import render_template
from flask_babel import get_locale as current_locale
from flask_babel import gettext as _
from markupsafe import Markup

from webapp import vocabulary
from webapp.i18n import translate
from webapp.route_map import Labels, route_map_figure, routes_in_words
from webapp.views.public import blueprint


@blueprint.get("/map")
def route_map() -> str:
    """Show the Belt and Road routes as the data set has them, with its caveats."""
    language = str(current_locale())
    tables = vocabulary.reference()
    return render_template(
        "public/map.html",
        figure=drawn_map(language),
        routes=[
            {
                "number": route.number,
                "name": vocabulary.route_name(route.route_id, language),
                "kind": route.kind,
                "named": _names(route.named, language),
                "inferred": _names(route.inferred, language),
                "extension": _names(route.extension, language),
            }
            for route in routes_in_words(tables)
        ],
        caveats=[caveat.text_en for caveat in tables.caveats.values() if "public_map" in caveat.shown_where],
    )


def drawn_map(language: str) -> Markup:
    """Return the map as a figure, made by the server from numbers and escaped names."""
    labels = Labels(country=lambda code: vocabulary.country_name(code, language), words=translate)
    title = _("Belt and Road routes as lines between places")
    return route_map_figure(vocabulary.reference(), title=title, labels=labels)


def _names(codes: tuple[str, ...], language: str) -> list[str]:
    return sorted(vocabulary.country_name(code, language) for code in codes)
