"""The rule by which mentors are offered, as properties over any codes."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from webapp.services.alumni.mentor_order import Known, Stay, in_common, in_order

codes = st.frozensets(st.sampled_from("abcd"), max_size=3)
knowns = st.builds(Known, st.sampled_from([None, "KE", "NP", "UZ"]), codes, codes, codes)
stays = st.lists(
    st.builds(Stay, st.integers(1, 6), st.integers(1, 99), knowns), max_size=12, unique_by=lambda one: one.placement
)
busy = st.dictionaries(st.integers(1, 6), st.integers(0, 3))


@given(knowns, stays, busy)
def test_each_mentor_comes_once_with_something_of_the_place_or_work_in_common(
    newcomer: Known, found: list[Stay], busy: dict[int, int]
) -> None:
    ordered = in_order(newcomer, found, busy)
    assert all(any(in_common(newcomer, one.known)[:3]) for one in ordered)
    fitting = {one.mentor for one in found if any(in_common(newcomer, one.known)[:3])}
    assert sorted(one.mentor for one in ordered) == sorted(fitting)


@given(knowns, stays, busy)
def test_country_before_route_before_skill_before_language_and_the_closest_stay_stands_for_its_mentor(
    newcomer: Known, found: list[Stay], busy: dict[int, int]
) -> None:
    def close(stay: Stay) -> tuple[bool, ...]:
        return in_common(newcomer, stay.known)

    ordered = in_order(newcomer, found, busy)
    for first, second in zip(ordered, ordered[1:], strict=False):
        assert close(first) >= close(second)
        if close(first) == close(second):
            assert busy.get(first.mentor, 0) <= busy.get(second.mentor, 0)
    for shown in ordered:
        assert all(close(shown) >= close(one) for one in found if one.mentor == shown.mentor)


@given(knowns, stays, busy, st.randoms())
def test_the_order_in_which_rows_come_changes_nothing(
    newcomer: Known, found: list[Stay], busy: dict[int, int], dice: Random
) -> None:
    shuffled = list(found)
    dice.shuffle(shuffled)
    assert in_order(newcomer, shuffled, busy) == in_order(newcomer, found, busy)


def test_a_language_alone_makes_nobody_a_mentor() -> None:
    other = Known("NP", frozenset(), frozenset({"b"}), frozenset({"fr"}))
    newcomer = Known("KE", frozenset(), frozenset({"a"}), frozenset({"fr"}))
    assert in_order(newcomer, [Stay(1, 1, other)], {}) == []
