"""The route map: a drawing without borders, its legend, and the same facts in words (pure, no Flask)."""

from webapp.route_map.geometry import VIEWS, View
from webapp.route_map.sheet import Labels, route_map_figure, route_map_legend, route_map_svg
from webapp.route_map.spoken import LegInWords, RouteInWords, legs_in_words, routes_in_words

__all__ = [
    "VIEWS",
    "Labels",
    "LegInWords",
    "RouteInWords",
    "View",
    "legs_in_words",
    "route_map_figure",
    "route_map_legend",
    "route_map_svg",
    "routes_in_words",
]
