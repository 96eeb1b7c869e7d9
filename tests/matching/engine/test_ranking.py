"""Stored volunteers are ranked as a plain matcher ranks them: ids, scores, order and reasons, to the last byte."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from unittest.mock import patch

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import Matcher, Reference, ScoreModel, Spread, TreesModel, linker_for, parse_volunteers
from matching.criteria import CRITERIA
from matching.engine import Snapshot, StoredMatcher, Writer, arrays, fast, steps
from matching.engine import bits as engine_bits
from matching.engine import ranking as engine_ranking
from matching.engine import screen as engine_screen
from matching.engine.pack import open_pack
from matching.learning import LinearModel
from tests.matching.frames import assignment, frame, volunteer
from tests.matching.strategies import ASSIGNMENTS, VOLUNTEERS
from tests.matching.test_matcher import PEOPLE, WORK

Row = dict[str, str]
STEPS = {"feature": [0, -1, 1, -1, -1], "threshold": [0.4, 0, 0.5, 0, 0]}
TREES = TreesModel(
    {"skills": 0.2, "country": 0.2, "languages": 0.1, "availability": 0.05, "interests": 0.05},
    [
        {**STEPS, "left": [1, 0, 3, 0, 0], "right": [2, 0, 4, 0, 0], "value": [0, 0.1, 0, 0.4, 1.0]},
        {"feature": [4, -1, -1], "threshold": [0.3, 0, 0], "left": [1, 0, 0], "right": [2, 0, 0], "value": [0, 0, 0.5]},
    ],
)
TILTED = LinearModel(dict(zip(CRITERIA, (0.1, 0.5, 0.0, 0.3, 0.1), strict=True)))
MODELS = st.sampled_from((None, TILTED, TREES))
WAYS = st.sampled_from((arrays, fast))
SPREADS = st.sampled_from((Spread(), Spread({"a0": 3.0}, {"v1": 0.2, "v3": 9.0})))


@contextmanager
def stored(rows: list[Row], most: int = 7) -> Iterator[Snapshot]:
    """Store people, `most` in a file, without the small files being joined."""
    reference = Reference.load()
    with TemporaryDirectory() as folder:
        writer = Writer(Path(folder), reference, linker_for(reference))
        writer.rebuild(parse_volunteers(frame(*rows), reference) if rows else [], most)
        yield Snapshot.open(Path(folder), reference)


@contextmanager
def taken(by: ModuleType) -> Iterator[None]:
    """Take the steps of a module over whole columns."""
    with patch.object(steps, "_taken", [by]):
        yield


def numbered(rows: list[Row], letter: str) -> list[Row]:
    return [{**row, "id": f"{letter}{number}"} for number, row in enumerate(rows)]


def assert_same(plain: pd.DataFrame, found: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(plain, found, check_exact=True)


@settings(max_examples=60, deadline=None)
@given(
    people=st.lists(VOLUNTEERS, min_size=1, max_size=20),
    work=st.lists(ASSIGNMENTS, min_size=1, max_size=3),
    top=st.sampled_from((None, 1, 2, 5, 50)),
    seed=st.integers(0, 3),
    model=MODELS,
    spread=SPREADS,
    near=st.booleans(),
    few=st.sampled_from((0.0, 0.3, 1.0)),
    rare=st.sampled_from((1, 2048)),
    by=WAYS,
)
def test_random_worlds_are_ranked_as_a_plain_matcher_ranks_them(
    people: list[Row],
    work: list[Row],
    top: int | None,
    seed: int,
    model: ScoreModel | None,
    spread: Spread,
    near: bool,
    few: float,
    rare: int,
    by: ModuleType,
) -> None:
    people, work = numbered(people, "v"), numbered(work, "a")
    plain = Matcher(model=model).fit(frame(*people))
    rows = patch.multiple(engine_bits, RARE=dict.fromkeys(engine_bits.RARE, rare), MOST_DAYS=rare)
    with rows, stored(people) as snapshot, patch.object(engine_ranking, "FEW", few), taken(by):
        found = StoredMatcher(snapshot, model=model)
        assert_same(
            plain.rank(frame(*work), top, seed, spread, near), found.rank(frame(*work), top, seed, spread, near)
        )
        assert_same(plain.order(frame(*work), top, seed, spread), found.order(frame(*work), top, seed, spread))


@settings(max_examples=60, deadline=None)
@given(people=st.lists(VOLUNTEERS, min_size=1, max_size=12), work=ASSIGNMENTS, neutral=st.floats(0.0, 1.0))
def test_any_neutral_value_is_met(people: list[Row], work: Row, neutral: float) -> None:
    people = numbered(people, "v")
    neutrals = dict.fromkeys(CRITERIA, neutral)
    with stored(people) as snapshot:
        plain, found = Matcher(neutral=neutrals).fit(frame(*people)), StoredMatcher(snapshot, neutral=neutrals)
        assert_same(plain.rank(frame(work), top=2), found.rank(frame(work), top=2))


@pytest.mark.parametrize("by", [arrays, fast])
@pytest.mark.parametrize("few", [0.0, 1.0])
@pytest.mark.parametrize("model", [None, TILTED, TREES])
def test_nobody_is_lost_where_few_are_looked_at_first(
    model: ScoreModel | None, few: float, by: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_ranking, "FEW", few)
    monkeypatch.setattr(engine_ranking, "FIRST_LOOK", 2)
    monkeypatch.setattr(engine_ranking, "PROMISING", 3)
    monkeypatch.setattr(engine_ranking, "SAMPLED", 1)
    monkeypatch.setattr(engine_screen, "SAMPLED", 1)
    texts = ("I drilled boreholes and repaired hand pumps", "", "I dug wells", "Teaching mathematics to children")
    people = [{**row, "experience": texts[number % 4]} for number, row in enumerate(PEOPLE)]
    work = [{**row, "tasks": "Drill boreholes and repair the hand pumps of six villages"} for row in WORK]
    work.append(assignment(id="a4", skills_essential="", skills_desirable="", tasks="Drill boreholes."))
    plain = Matcher(model=model).fit(frame(*people))
    with stored(people, most=16) as snapshot, taken(by):
        found = StoredMatcher(snapshot, model=model)
        for top in (1, 5, 30):
            assert_same(plain.rank(frame(*work), top), found.rank(frame(*work), top))
        alone = plain.rank(frame(*work), 5, near=False)
        assert_same(alone, found.rank(frame(*work), 5, near=False))
        assert set(alone["status"]) == {"eligible"}


def test_all_that_a_matcher_can_do_it_does_on_stored_people() -> None:
    plain = Matcher().fit(frame(*PEOPLE))
    with stored(PEOPLE, most=16) as snapshot:
        found, work = StoredMatcher(snapshot), frame(WORK[2])
        assert found.why_not(work) == plain.why_not(work)
        assert found.supply(work) == plain.supply(work)
        assert found.supply(work, only=["v003", "v040"]) == plain.supply(work, only=["v003", "v040"])
        assert found.pair("v040", work) == plain.pair("v040", work)
        assert_same(plain.rank_for(["v040", "v003"], work), found.rank_for(["v040", "v003"], work))
        assert_same(plain.among(["v040", "v003"]).rank(work), found.among(["v040", "v003"]).rank(work))
        assert found.spread_over(work) == plain.spread_over(work)
        assert found.rank(work, top=0).empty
        assert found.fingerprint == plain.fingerprint
        with pytest.raises(KeyError):
            found.pair("nobody", work)


def test_a_store_without_people_lists_nobody() -> None:
    with stored([]) as snapshot:
        assert StoredMatcher(snapshot).rank(frame(WORK[0])).empty


# Days that two bytes cannot tell, windows that touch or miss an open end, stays of no length.
FREE = ("", "1902-01-01/1969-12-31", "1969-12-31/2026-09-02", "2026-09-01/2026-09-30", "2149-06-01/9999-12-31",
        "2026-01-01/2026-02-01|2140-01-01/2150-01-01", "2026-03-01/2026-03-10|2026-09-05/2026-10-30")  # fmt: skip
STAYS = (("", ""), ("0", "0"), ("3", "4"), ("9999", "999999"))
PERIODS = (("", ""), ("", "1960-01-01"), ("", "2026-09-10"), ("2026-09-01", ""), ("2026-09-01", "2026-10-15"),
           ("1960-01-01", "2149-06-10"), ("2149-06-01", "2160-01-01"), ("9999-12-31", "9999-12-31"))  # fmt: skip


@pytest.mark.parametrize("by", [arrays, fast])
@pytest.mark.parametrize("few", [0.0, 1.0])
@pytest.mark.parametrize("mode", ["on_site", "online", "either"])
def test_no_date_is_too_far_away_to_be_told(
    few: float, mode: str, by: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_ranking, "FEW", few)
    people = [
        volunteer(id=f"v{number}", availability=free, stay_min_weeks=least, stay_max_weeks=most, modes="")
        for number, (free, (least, most)) in enumerate(product(FREE, STAYS))
    ]
    work = [
        assignment(id=f"a{number}", start_on=start, end_on=end, weeks=weeks, mode=mode)
        for number, ((start, end), weeks) in enumerate(product(PERIODS, ("", "1", "5", "9000", "9999")))
    ]
    plain = Matcher().fit(frame(*people))
    with stored(people, most=16) as snapshot, taken(by):
        found = StoredMatcher(snapshot)
        assert_same(plain.order(frame(*work), 4), found.order(frame(*work), 4))
        assert_same(plain.rank(frame(*work), 1, near=False), found.rank(frame(*work), 1, near=False))


@pytest.mark.parametrize(("by", "few"), [(arrays, 0.0), (fast, 1.0)])
@pytest.mark.parametrize("many", [128, 256])
def test_so_many_rules_that_a_byte_does_not_count_them(
    many: int, by: ModuleType, few: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_ranking, "FEW", few)
    codes = sorted(Reference.load().skills)[:many]
    people = [
        volunteer(id=f"v{level}", skills="|".join(f"{code}:{level}" for code in codes)) for level in ("1", "2", "3")
    ]
    work = assignment(skills_essential="|".join(f"{code}:3" for code in codes), skills_desirable="")
    plain = Matcher().fit(frame(*people))
    with stored(people) as snapshot, taken(by):
        found = StoredMatcher(snapshot)
        for near in (True, False):
            listed = found.rank(frame(work), 1, near=near)
            assert_same(plain.rank(frame(work), 1, near=near), listed)
            assert listed["volunteer_id"].tolist() == ["v3"]


def test_a_file_that_is_no_file_of_arrays_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "segment.pack"
    path.write_bytes(b"something else, long enough to be looked at")
    with pytest.raises(ValueError, match=r"segment\.pack is no file of arrays"):
        open_pack(path)
