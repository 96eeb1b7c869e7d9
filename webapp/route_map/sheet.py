"""Puts the map together: the SVG alone, its legend, and both as a figure for a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from markupsafe import Markup

from webapp.route_map import drawing
from webapp.route_map.geometry import WIDTH, Frame, View, frame_around, frame_of
from webapp.route_map.labels import place_labels
from webapp.route_map.lines import Leg, Line, Style, all_lines, joined, line_of
from webapp.route_map.tables import Point, badges
from webapp.words import Words, lazy

LEGEND: tuple[tuple[Style, Words], ...] = (
    ("land-sourced", lazy("Corridor on land, this link named by a source")),
    ("land-inferred", lazy("Corridor on land, our own reading: no source names this link")),
    ("sea-sourced", lazy("Sea passage, this link named by a source")),
    ("sea-inferred", lazy("Sea passage, our own reading: no source names this link")),
    ("extension", lazy("Added by this project, not a Belt and Road route")),
)
AT_HAND = lazy("The path at hand, hop by hop; a narrow band runs inside one country")
NOTE = lazy(
    "Lines join places. They show no alignment, no border and no transport link, and no government or "
    "United Nations body has approved this map."
)
ROOM = 3  # names are placed as if a little larger, because small screens enlarge them


@dataclass(frozen=True)
class Labels:
    """The reader's language: `country` names an ISO code, `words` translates a sentence."""

    country: Callable[[str], str] = str
    words: Callable[[Words], str] = str


def route_map_svg(
    reference: Any,
    *,
    title: str,
    description: str = "",
    labels: Labels | None = None,
    highlight: Sequence[str] = (),
    legs: Sequence[Leg] = (),
    view: View | None = None,
    ident: str = "route-map",
) -> str:
    """Return the map as SVG text.

    `legs` is a path of the route graph, drawn and named hop by hop; `highlight` marks single countries (ISO codes)
    where there is no path. Without a `view` the sheet is cropped to them, or shows the world where there are none.
    """
    labels = labels or Labels()
    lines = all_lines(reference)
    path = [line for line in (line_of(leg, lines) for leg in legs) if line is not None]
    marked = _marked(path, highlight, reference)
    frame = _frame(view, path, marked)
    body = [
        drawing.land(frame),
        _ground(reference, lines, frame, faint=bool(path)),
        _at_hand(path, marked, frame, labels),
    ]
    if not path:
        body.append(drawing.numbers(badges(), frame))
    return _svg(frame, title, description, ident, "".join(body))


def route_map_legend(labels: Labels | None = None, with_path: bool = False) -> str:
    """Return the legend as an HTML list: a sample of each line and what it means."""
    words = (labels or Labels()).words
    items = [(drawing.sample(style), text) for style, text in LEGEND]
    if with_path:
        items.insert(0, (drawing.sample_of_path(), AT_HAND))
    return '<ul class="rm-legend">' + "".join(f"<li>{svg} {escape(words(text))}</li>" for svg, text in items) + "</ul>"


def route_map_figure(reference: Any, *, title: str, labels: Labels | None = None, **options: Any) -> Markup:
    """Return map, legend and note as one HTML figure; the options are those of `route_map_svg`."""
    words = (labels or Labels()).words
    svg = route_map_svg(reference, title=title, labels=labels, **options)
    if f'viewBox="0 0 {WIDTH} ' in svg:  # the world on a phone is scrolled sideways, from Europe and Africa to the east
        svg = f'<div class="rm-scroll" role="group" aria-label="{escape(title)}" tabindex="0" dir="ltr">{svg}</div>'
    legend = route_map_legend(labels, with_path=bool(options.get("legs")))
    caption = f'<figcaption>{legend}<p class="small soft">{escape(words(NOTE))}</p></figcaption>'
    # Every text in it was escaped above, and where the parts were drawn.
    return Markup(f'<figure class="rm">{svg}{caption}</figure>')  # noqa: S704  # nosec B704


def _marked(path: Sequence[Line], highlight: Sequence[str], reference: Any) -> list[tuple[str, Point]]:
    if path:
        return [(path[0].start, path[0].points[0]), *((line.end, line.points[-1]) for line in path)]
    first: dict[str, Point] = {}
    for stop in reference.stops:
        first.setdefault(stop.iso2, (stop.lon, stop.lat))
    return [(iso2, first[iso2]) for iso2 in highlight if iso2 in first]


def _frame(view: View | None, path: Sequence[Line], marked: Sequence[tuple[str, Point]]) -> Frame:
    if view is not None or not marked:
        return frame_of(view or "world")
    return frame_around([point for line in path for point in line.points] or [point for _, point in marked])


def _ground(reference: Any, lines: Sequence[Line], frame: Frame, faint: bool) -> str:
    capitals = [(stop.lon, stop.lat) for stop in reference.stops if stop.basis == "extension_rule"]
    places = [(stop.lon, stop.lat) for stop in reference.stops if stop.basis != "extension_rule"]
    parts = (
        drawing.strokes(lines, frame),
        drawing.dots(capitals, frame, "capitals", drawing.SOFT, 2.4),
        drawing.dots(places, frame, "places", drawing.INK, 3.4),
    )
    opacity = ' opacity=".45"' if faint else ""
    return f'<g class="rm-ground"{opacity}>{"".join(parts)}</g>'


def _at_hand(path: Sequence[Line], marked: Sequence[tuple[str, Point]], frame: Frame, labels: Labels) -> str:
    if not marked:
        return ""
    size = 20 if frame.width == WIDTH else 18
    points = [point for _, point in marked]
    along = [frame.place(point) for line in path for point in line.points]
    named = [(*frame.place(point), labels.country(iso2)) for iso2, point in marked]
    # Both ends are named first: if a name has to give way, it is one between them.
    named.sort(key=lambda station: station[:2] not in {frame.place(points[0]), frame.place(points[-1])})
    ends = points if not path else (points[0], points[-1])
    texts = place_labels(named, size + ROOM, frame.width, frame.height, along)
    return (
        drawing.highlight(path, joined(path), frame)
        + drawing.stations(points, ends, frame)
        + drawing.names(texts, size)
    )


def _svg(frame: Frame, title: str, description: str, ident: str, body: str) -> str:
    described = f'<desc id="{ident}-desc">{escape(description)}</desc>' if description else ""
    named_by = f"{ident}-title {ident}-desc" if description else f"{ident}-title"
    # The direction is fixed: a map is never mirrored, and right-to-left names still run in their own direction.
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="route-map" viewBox="0 0 {frame.width} {frame.height}" '
        f'role="img" aria-labelledby="{named_by}" direction="ltr" font-family="sans-serif">'
        f'<title id="{ident}-title">{escape(title)}</title>{described}{body}</svg>'
    )
