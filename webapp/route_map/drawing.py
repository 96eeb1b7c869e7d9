"""The parts of the drawing as SVG text; colours are the page's own, with fallbacks for a sheet that stands alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from webapp.route_map.geometry import STRETCH, Frame, path_data
from webapp.route_map.labels import Label
from webapp.route_map.lines import STYLES, Line, Style
from webapp.route_map.tables import Badge, LandRun, Point, land_runs

# Attributes and no style sheet inside: the page's security policy forbids inline styles, and a print needs none.
LAND = "var(--line,#ddd4c3)"
INK = "var(--ink,#1d2530)"
PAPER = "var(--paper,#fbf8f1)"
SAFFRON = "var(--saffron,#c8871b)"
MADDER = "var(--madder,#a3402b)"
LAPIS = "var(--lapis,#1f4e79)"
SOFT = "var(--soft,#565b63)"
FINE_FROM = 6.0  # units for a degree from which land is drawn with a dot for every degree, not every second
LARGEST_DOT = 8.0
EDGE = 40  # lines that lead past the edge of a crop are drawn this far at least

PEN: dict[Style, tuple[str, str, str]] = {  # colour, width, dashes
    "land-sourced": (MADDER, "2", ""),
    "land-inferred": (MADDER, "1.1", ""),
    "sea-sourced": (LAPIS, "2", "7 4"),
    "sea-inferred": (LAPIS, "1.1", "6 4"),
    "extension": (SOFT, "1.3", "0 4"),
}


def land(frame: Frame) -> str:
    """Return land as dots: each run of neighbouring dots is one line of round dashes without length."""
    coarse = frame.scale < FINE_FROM
    step = (2 if coarse else 1) * frame.scale * STRETCH
    width = min(step * 0.58, LARGEST_DOT)
    data = "".join(_run(run, frame, step) for run in land_runs(coarse))
    return (
        f'<path class="rm-land" d="{data}" fill="none" stroke="{LAND}" stroke-width="{width:.1f}" '
        f'stroke-linecap="round" stroke-dasharray="0 {step:.2f}"/>'
    )


def strokes(lines: Iterable[Line], frame: Frame) -> str:
    """Return one path for each style, the less well founded ones below."""
    drawn = [line for line in lines if any(frame.holds(point, EDGE) for point in line.points)]
    parts = []
    for style in STYLES:
        data = "".join(path_data(line.points, frame) for line in drawn if line.style == style)
        if data:
            parts.append(f'<path class="rm-{style}" d="{data}" {pen(style)}/>')
    return "".join(parts)


def pen(style: Style) -> str:
    """Return the attributes of a stroke; its width is in pixels of the screen at any size of the map."""
    colour, width, dashes = PEN[style]
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return f'fill="none" stroke="{colour}" stroke-width="{width}"{dashed} {_ROUND}'


def sample(style: Style) -> str:
    """Return a short piece of a line for the legend; words stand beside it."""
    return f'{_SAMPLE}<path class="rm-{style}" d="M3 7H41" {pen(style)}/></svg>'


def sample_of_path() -> str:
    """Return a short piece of the highlighted path for the legend."""
    band = f'<path class="rm-band" d="M6 7H38" fill="none" stroke="{SAFFRON}" stroke-width="8" {_ROUND}/>'
    return f'{_SAMPLE}{band}<path d="M6 7H38" fill="none" stroke="{INK}" stroke-width="2.4" {_ROUND}/></svg>'


def dots(points: Iterable[Point], frame: Frame, kind: str, colour: str, width: float) -> str:
    """Return places as round dots, `width` pixels across."""
    places = sorted({frame.place(point) for point in points if frame.holds(point)})
    data = "".join(f"M{x} {y}h0" for x, y in places)
    return f'<path class="rm-{kind}" d="{data}" stroke="{colour}" stroke-width="{width}" {_ROUND}/>' if data else ""


def highlight(lines: Sequence[Line], gaps: Iterable[tuple[Point, Point]], frame: Frame) -> str:
    """Return the path at hand: a broad saffron band below, its own lines in ink above."""
    whole = "".join(path_data(line.points, frame) for line in lines)
    inside = "".join(path_data(gap, frame) for gap in gaps)
    parts = [_band("rm-inside", inside, 4), _band("rm-band", whole, 8)]
    for style in STYLES:
        data = "".join(path_data(line.points, frame) for line in lines if line.style == style)
        dashes = PEN[style][2]
        width = "1.2" if style.endswith("inferred") else "2.4"
        if data:
            dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
            parts.append(
                f'<path class="rm-hop" d="{data}" fill="none" stroke="{INK}" stroke-width="{width}"{dashed} {_ROUND}/>'
            )
    return "".join(parts)


def _band(kind: str, data: str, width: int) -> str:
    return (
        f'<path class="{kind}" d="{data}" fill="none" stroke="{SAFFRON}" stroke-width="{width}" {_ROUND}/>'
        if data
        else ""
    )


def stations(points: Sequence[Point], ends: Iterable[Point], frame: Frame) -> str:
    """Return the stations of the path at hand: rings, and filled ones at both ends."""
    last = set(ends)
    circles = []
    for point in points:
        x, y = frame.place(point)
        radius, fill = (7, MADDER) if point in last else (5, PAPER)
        circles.append(f'<circle cx="{x}" cy="{y}" r="{radius}" fill="{fill}"/>')
    return f'<g class="rm-stations" stroke="{INK}" stroke-width="1.8">{"".join(circles)}</g>'


def names(labels: Iterable[Label], size: int) -> str:
    """Return the names, with an edge in the colour of the paper so that they stand out from the lines."""
    texts = "".join(
        f'<text x="{label.x}" y="{label.y}"'
        + (f' text-anchor="{label.anchor}"' if label.anchor != "start" else "")
        + f">{escape(label.text)}</text>"
        for label in labels
    )
    return (
        f'<g class="rm-names" font-size="{size}" font-weight="600" fill="{INK}" stroke="{PAPER}" stroke-width="4" '
        f'stroke-linejoin="round" paint-order="stroke">{texts}</g>'
    )


def numbers(badges: Iterable[Badge], frame: Frame) -> str:
    """Return the numbers of the routes, each in a disc."""
    parts = []
    for badge in badges:
        if frame.holds(badge.point, -12):
            x, y = frame.place(badge.point)
            disc = f'<circle r="11" fill="{PAPER}" stroke="{INK}" stroke-width="1.3"/>'
            parts.append(
                f'<g transform="translate({x} {y})">{disc}<text y="4.8" fill="{INK}">{badge.number}</text></g>'
            )
    return f'<g class="rm-numbers" font-size="14" font-weight="700" text-anchor="middle">{"".join(parts)}</g>'


_ROUND = 'stroke-linecap="round" stroke-linejoin="round" vector-effect="non-scaling-stroke"'
_SAMPLE = '<svg viewBox="0 0 44 14" width="44" height="14" aria-hidden="true">'


def _run(run: LandRun, frame: Frame, step: float) -> str:
    x = (run.west - frame.west) * STRETCH * frame.scale
    y = round((frame.north - run.lat) * frame.scale)
    # Dots outside the sheet are left out; what is left begins on the same grid.
    skipped = max(0, -int(x // step))
    dots_drawn = min(run.dots, int((frame.width - x) // step) + 1) - skipped
    if dots_drawn < 1 or not 0 <= y <= frame.height:
        return ""
    # A little longer than the last dash, so that rounding never swallows the last dot.
    return f"M{x + skipped * step:.1f} {y}h{(dots_drawn - 1) * step + 0.1:.1f}"
