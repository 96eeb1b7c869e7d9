"""The route map: small, well-formed, without borders, honest about what no source names, and never mirrored."""

import random
import re
from dataclasses import replace
from itertools import combinations
from typing import get_args
from xml.etree import ElementTree

import pytest

from matching.reference import Reference
from webapp.route_map import Labels, View, legs_in_words, route_map_figure, route_map_svg, routes_in_words
from webapp.route_map.labels import place_labels
from webapp.route_map.lines import all_lines, line_of
from webapp.route_map.sheet import LEGEND
from webapp.route_map.tables import bends, land_runs
from webapp.words import Words

SVG = "{http://www.w3.org/2000/svg}"
LIMIT = 30_000
KINDS = {
    "rm-land",
    "rm-extension",
    "rm-land-sourced",
    "rm-land-inferred",
    "rm-sea-sourced",
    "rm-sea-inferred",
    "rm-capitals",
    "rm-places",
    "rm-inside",
    "rm-band",
    "rm-hop",
}


@pytest.fixture(scope="module")
def reference() -> Reference:
    return Reference.load()


def drawn(reference: Reference, start: str, end: str, **options: object) -> str:
    labels = Labels(country=lambda iso2: reference.countries[iso2].name_en)
    return route_map_svg(reference, title="Path", labels=labels, legs=reference.path(start, end), **options)


def paths(svg: str) -> dict[str, ElementTree.Element]:
    return {path.attrib["class"]: path for path in ElementTree.fromstring(svg).iter(f"{SVG}path")}


@pytest.mark.parametrize("view", get_args(View))
def test_each_part_of_the_world_is_small_and_well_formed(reference: Reference, view: View) -> None:
    svg = route_map_svg(reference, title="Routes", view=view)
    assert len(svg.encode()) < LIMIT
    assert paths(svg).keys() <= KINDS, "nothing is drawn but land dots, links and places: no borders"


def test_any_pair_stays_small_and_names_each_hop(reference: Reference) -> None:
    pairs = random.Random(3).sample(list(combinations(reference.graph.nodes, 2)), 120)
    for start, end in [*pairs, ("GW", "TT"), ("NA", "CL")]:
        svg = drawn(reference, start, end)
        assert len(svg.encode()) < LIMIT, (start, end)
        texts = [text.text for text in ElementTree.fromstring(svg).iter(f"{SVG}text")]
        stations = [start, *(leg.end for leg in reference.path(start, end))]
        assert sorted(texts, key=str) == sorted(reference.countries[iso2].name_en for iso2 in stations)


def test_land_is_dots_without_length(reference: Reference) -> None:
    land = paths(route_map_svg(reference, title="Routes"))["rm-land"]
    assert land.attrib["stroke-dasharray"].startswith("0 ")
    assert land.attrib["stroke-linecap"] == "round"
    assert re.fullmatch(r"(M[-\d.]+ \d+h[\d.]+)+", land.attrib["d"]), "rows only: no outline, no boundary"
    assert sum(run.dots for run in land_runs(coarse=True)) < sum(run.dots for run in land_runs(coarse=False)) / 3


def test_every_link_is_drawn_once_as_what_it_is(reference: Reference) -> None:
    lines = all_lines(reference)
    for edge in reference.graph.edges:
        found = [
            line
            for line in lines
            if line.route_id == edge.route_id and {line.start, line.end} == {edge.start, edge.end}
        ]
        assert found, f"{edge} is drawn"
        wanted = "extension" if edge.is_extension else f"{edge.kind}-{edge.basis}"
        assert {line.style for line in found} == {wanted}


def test_links_that_no_source_names_look_different_and_say_so(reference: Reference) -> None:
    found = paths(route_map_svg(reference, title="Routes"))
    looks = {
        kind: (path.get("stroke"), path.get("stroke-width"), path.get("stroke-dasharray"))
        for kind, path in found.items()
        if kind.removeprefix("rm-") in {style for style, _ in LEGEND}
    }
    assert len(looks) == 5
    assert len(set(looks.values())) == 5
    without_colour = [(width, dashes) for _, width, dashes in looks.values()]
    assert len(set(without_colour)) == 5, "told apart without colour too"
    figure = route_map_figure(reference, title="Routes")
    for style, text in LEGEND:
        assert f'class="rm-{style}"' in figure
        assert str(text) in figure


def test_highlighted_hops_follow_the_path(reference: Reference) -> None:
    lines = all_lines(reference)
    legs = reference.path("SN", "KE")
    carried = [line_of(leg, lines) for leg in legs]
    assert [(line.start, line.end) for line in carried if line] == [(leg.start, leg.end) for leg in legs]
    svg = drawn(reference, "SN", "KE")
    assert 'class="rm-band"' in svg
    assert 'class="rm-hop"' in svg
    assert 'class="rm-numbers"' not in svg, "the path has the sheet to itself"


def test_a_country_off_the_graph_is_not_drawn(reference: Reference) -> None:
    svg = route_map_svg(reference, title="Off", highlight=["KE", "BR"], legs=reference.path("KE", "BR"))
    assert ">KE</text>" in svg
    assert ">BR</text>" not in svg
    assert "rm-band" not in svg


def test_the_pacific_link_stays_between_china_and_peru(reference: Reference) -> None:
    leg = reference.path("CN", "PE")[0]
    line = line_of(leg, all_lines(reference))
    assert line is not None
    easts = [lon % 360 for lon, _ in line.points]
    assert easts == sorted(easts), "eastward over the Pacific, never back"
    assert 100 < easts[0] < easts[-1] < 300


def test_names_are_escaped_and_the_sheet_is_accessible(reference: Reference) -> None:
    svg = route_map_svg(
        reference,
        title='A & B <"c">',
        description="Two & three",
        labels=Labels(country=lambda iso2: f"<{iso2}> & co"),
        legs=reference.path("CN", "KZ"),
        ident="one",
    )
    root = ElementTree.fromstring(svg)
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-labelledby"] == "one-title one-desc"
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert title.text == 'A & B <"c">'
    assert title.attrib["id"] == "one-title"
    assert desc is not None
    assert desc.text == "Two & three"
    assert root.attrib["direction"] == "ltr", "right-to-left pages do not mirror the map"


def test_no_inline_style_and_colours_of_the_page(reference: Reference) -> None:
    figure = route_map_figure(reference, title="Routes", legs=reference.path("KE", "PK"))
    assert "style=" not in figure
    assert "<style" not in figure
    assert "<script" not in figure
    assert set(re.findall(r'(?:fill|stroke)="(?!none)([^"]+)"', figure)) <= {
        f"var(--{name},{fallback})" for name, fallback in re.findall(r"var\(--(\w+),(#[0-9a-f]{6})\)", figure)
    }, "each colour is a variable of the page with a fallback"


def test_the_figure_speaks_the_readers_language(reference: Reference) -> None:
    def translate(words: Words) -> str:
        return f"[{words.text}]"

    figure = route_map_figure(reference, title="Routes", labels=Labels(words=translate))
    assert all(f"[{text}]" in figure for _, text in LEGEND)
    assert 'tabindex="0"' in figure, "the world scrolls sideways on a phone and the keyboard reaches it"
    assert "tabindex" not in route_map_figure(reference, title="Path", legs=reference.path("KE", "PK"))


def test_the_same_facts_in_words(reference: Reference) -> None:
    legs = legs_in_words(reference.path("NA", "PK"))
    assert [leg.number for leg in legs] == list(range(1, len(legs) + 1))
    assert legs[0].start == "NA"
    assert legs[-1].end == "PK"
    assert "no Belt and Road route" in str(legs[0].founded)
    routes = routes_in_words(reference)
    assert [route.number for route in routes[:8]] == list(range(1, 9))
    assert routes[8].route_id == "msr_arctic"
    assert routes[8].number is None
    assert all(route.kind == "extension" and not route.named for route in routes[9:])
    by_id = {route.route_id: route for route in routes}
    assert by_id["cpec"].named == ("CN", "PK")


def test_bends_lead_both_ways() -> None:
    there = bends("Mombasa", "Djibouti")
    assert there
    assert bends("Djibouti", "Mombasa") == tuple(reversed(there))
    assert bends("Mombasa", "Nowhere") == ()


def test_names_stay_on_the_sheet_and_apart() -> None:
    stations = [(600, 30, "Namibia"), (604, 40, "Botswana"), (20, 200, "Chile")]
    labels = place_labels(stations, 18, 640, 300)
    assert [label.text for label in labels] == ["Namibia", "Botswana", "Chile"]
    assert {labels[0].anchor, labels[1].anchor} == {"end"}, "names at the right edge run to the left"
    assert abs(labels[0].y - labels[1].y) >= 15
    assert labels[2].anchor == "start"


def test_a_leg_that_no_line_carries_is_not_drawn(reference: Reference) -> None:
    (first, *_rest) = reference.path("SN", "KE")
    lines = all_lines(reference)
    assert line_of(first, lines) is not None
    assert line_of(replace(first, route_id="nowhere"), lines) is None
