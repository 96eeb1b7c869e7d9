"""Reading the reference data, and distances along the routes."""

import random
import shutil
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import pytest

from matching.reference import DEFAULT_FOLDER, Reference
from matching.routes import Edge, RouteGraph


@pytest.fixture(scope="module")
def reference() -> Reference:
    return Reference.load()


def test_loading_twice_reads_once(reference: Reference) -> None:
    assert Reference.load() is reference
    assert Reference.load(DEFAULT_FOLDER) is reference


def test_namibia_survives(reference: Reference) -> None:
    assert reference.countries["NA"].name_en == "Namibia"
    assert reference.partners["NA"].mou_status == "signed"
    assert reference.hops("NA", "CN") is not None
    assert reference.country_code("na") == "NA"


def test_graph_is_the_one_of_the_sources(reference: Reference) -> None:
    graph = reference.graph
    assert (len(graph.nodes), len(graph.edges), graph.diameter()) == (161, 294, 17)
    classical = graph.classical()
    assert (len(classical.nodes), classical.diameter()) == (76, 16)
    assert graph.hop_matrix().min() == classical.hop_matrix().min() == 0, "both are connected"


def test_every_partner_is_reachable(reference: Reference) -> None:
    assert [iso2 for iso2 in reference.partners if reference.hops("CN", iso2) is None] == []


@pytest.mark.parametrize(("start", "end"), [("BR", "CN"), ("CN", "BR"), ("BR", "BR"), ("JP", "US"), ("", "CN")])
def test_a_country_off_the_graph_has_no_distance(reference: Reference, start: str, end: str) -> None:
    assert reference.hops(start, end) is None
    assert reference.path(start, end) == []


def test_hops_are_a_metric(reference: Reference) -> None:
    hops = reference.graph.hop_matrix().astype(int)
    assert (hops == hops.T).all()
    assert (np.diag(hops) == 0).all()
    through = (hops[:, :, None] + hops[None, :, :]).min(axis=1)
    assert (hops <= through).all(), "no detour is shorter than the distance"


def test_a_path_is_as_long_as_its_hops_and_uses_real_links(reference: Reference) -> None:
    links = {(edge.route_id, frozenset((edge.start, edge.end)), edge.basis) for edge in reference.graph.edges}
    pairs = random.Random(7).sample(list(combinations(reference.graph.nodes, 2)), 300)
    for start, end in pairs:
        legs = reference.path(start, end)
        assert len(legs) == reference.hops(start, end)
        assert (legs[0].start, legs[-1].end) == (start, end)
        assert all(here.end == there.start for here, there in pairwise(legs))
        assert all((leg.route_id, frozenset((leg.start, leg.end)), leg.basis) in links for leg in legs)
        back = [(leg.end, leg.start, leg.route_id) for leg in reversed(reference.path(end, start))]
        assert back == [(leg.start, leg.end, leg.route_id) for leg in legs], "there and back are one path"


def edges(*found: tuple[str, str, str, str, int]) -> list[Edge]:
    return [Edge(start, end, route, "land", basis, span) for start, end, route, basis, span in found]


def test_classical_links_win_among_equal_hops() -> None:
    graph = RouteGraph(
        edges(
            ("AA", "BB", "ext_asia", "extension_border", 1),
            ("BB", "DD", "ext_asia", "extension_border", 1),
            ("AA", "CC", "nelb", "inferred", 9000),
            ("CC", "DD", "nelb", "inferred", 9000),
        )
    )
    assert [leg.route_id for leg in graph.path("AA", "DD")] == ["nelb", "nelb"]


def test_fewer_hops_win_over_classical_links() -> None:
    graph = RouteGraph(
        edges(
            ("AA", "DD", "ext_asia", "extension_border", 9000),
            ("AA", "CC", "nelb", "sourced", 1),
            ("CC", "DD", "nelb", "sourced", 1),
        )
    )
    assert graph.hops("AA", "DD") == 1


def test_sourced_links_win_over_inferred_ones_then_the_shorter_span() -> None:
    diamond = [("AA", "BB"), ("BB", "DD"), ("AA", "CC"), ("CC", "DD")]
    bases = ["inferred", "inferred", "sourced", "sourced"]
    graph = RouteGraph(
        edges(*((start, end, "nelb", basis, 1) for (start, end), basis in zip(diamond, bases, strict=True)))
    )
    assert graph.path("AA", "DD")[0].end == "CC"
    spans = [700, 700, 300, 300]
    graph = RouteGraph(
        edges(*((start, end, "nelb", "sourced", span) for (start, end), span in zip(diamond, spans, strict=True)))
    )
    assert graph.path("AA", "DD")[0].end == "CC"


def test_islands_of_a_graph_do_not_reach_each_other() -> None:
    graph = RouteGraph(edges(("AA", "BB", "nelb", "sourced", 1), ("CC", "DD", "nelb", "sourced", 1)))
    assert graph.hops("AA", "CC") is None
    assert graph.path("AA", "CC") == []
    assert "AA" in graph
    assert "ZZ" not in graph


def test_links_between_neighbours_best_founded_first(reference: Reference) -> None:
    found = reference.graph.links("KZ", "CN")
    assert {edge.route_id for edge in found} == {"nelb", "ccawaec"}
    assert found[0].basis == "sourced"
    assert reference.graph.links("CN", "FR") == ()


def test_membership_bases_stay_apart(reference: Reference) -> None:
    assert reference.routes_of("KH", ("named",)) == ("cicpec",)
    assert reference.routes_of("KH", ("inferred",)) == ("msr_iom",)
    assert reference.routes_of("KH") == ("cicpec", "msr_iom")
    assert reference.routes_of("NA") == ()
    assert reference.routes_of("NA", ("extension_rule",)) == ("ext_africa",)
    assert reference.routes_of("BR") == ()
    assert set(reference.countries_on("cpec")) == {"CN", "PK"}
    assert reference.countries_on("ext_africa") == ()
    assert "NA" in reference.countries_on("ext_africa", ("extension_rule",))
    assert reference.countries_on("msr_arctic") == ()


def test_countries_are_found_by_name_code_and_alias(reference: Reference) -> None:
    assert reference.country_code("Ivory Coast") == "CI"
    assert reference.country_code("côte d’ivoire") == "CI"
    assert reference.country_code(" Viet  Nam ") == "VN"
    assert reference.country_code("ken") == "KE"
    assert reference.country_code("Atlantis") is None


def test_skills_point_at_skills(reference: Reference) -> None:
    for skill in reference.skills.values():
        assert skill.family in reference.families
        assert skill.broader is None or skill.broader in reference.skills
        assert set(skill.related) <= set(reference.skills)
    assert reference.sdg_goals["3"].label("fr") == "Bonne santé et bien-être"
    assert reference.sdg_goals["3"].label("sw") == reference.sdg_goals["3"].label("en")


def test_the_fingerprint_changes_with_one_byte(reference: Reference, tmp_path: Path) -> None:
    copy = tmp_path / "reference"
    shutil.copytree(DEFAULT_FOLDER, copy)
    assert Reference.load(copy).fingerprint == reference.fingerprint
    changed = tmp_path / "changed"
    shutil.copytree(DEFAULT_FOLDER, changed)
    sectors = changed / "sectors.csv"
    sectors.write_text(sectors.read_text(encoding="utf-8").replace("Health", "Care", 1), encoding="utf-8")
    assert Reference.load(changed).fingerprint != reference.fingerprint


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    copy = tmp_path / "reference"
    shutil.copytree(DEFAULT_FOLDER, copy)
    (copy / "sectors.csv").unlink()
    with pytest.raises(FileNotFoundError, match=r"sectors\.csv"):
        Reference.load(copy)
