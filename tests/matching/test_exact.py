import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matching.text.exact import SCALE, Exact, lengths_of, unit, whole

WIDTHS = st.tuples(st.integers(1, 300), st.integers(1, 300))
SEEDS = st.integers(0, 2**32 - 1)


def drawn(seed: int, *shape: int) -> np.ndarray:
    """Return numbers whose sizes differ by several powers of ten, as rows of an encoder do."""
    generator = np.random.default_rng(seed)
    return (generator.normal(size=shape) * 10 ** generator.uniform(-3, 3, size=(shape[0], 1))).astype(np.float32)


@given(SEEDS, WIDTHS, st.integers(1, 70), st.data())
def test_a_row_gives_the_same_bytes_in_any_company_and_place(
    seed: int, widths: tuple[int, int], many: int, data: st.DataObject
) -> None:
    exact = Exact(drawn(seed + 1, *widths))
    rows = drawn(seed, many, widths[0])
    together = exact.product(rows)
    order = data.draw(st.permutations(range(many)))[: data.draw(st.integers(1, many))]
    assert exact.product(rows[order]).tobytes() == together[order].tobytes()
    assert all(exact.product(rows[[one]]).tobytes() == together[one].tobytes() for one in order[:3])


@given(SEEDS, WIDTHS)
def test_a_product_is_right_but_for_rounding(seed: int, widths: tuple[int, int]) -> None:
    weights, rows = drawn(seed + 1, *widths), drawn(seed, 9, widths[0])
    found = Exact(weights).product(rows)
    most = lengths_of(rows) * lengths_of(weights.T).T
    assert (np.abs(found - rows.astype(np.float64) @ weights) <= most * 2 * np.sqrt(widths[0]) / SCALE).all()


def test_the_longest_sum_is_still_exact() -> None:
    row = np.ones((1, 1280), dtype=np.float32)
    together = Exact(row.T.copy()).product(np.repeat(row, 9, axis=0))
    assert len(set(together.ravel().tolist())) == 1
    assert SCALE**2 + 2 * SCALE * np.sqrt(1280) / 2 + 1280 / 4 < 2**24


def test_a_row_of_zeros_gives_zeros() -> None:
    nothing = np.zeros((1, 5), dtype=np.float32)
    assert not Exact(drawn(1, 5, 4)).product(nothing).any()
    assert not unit(nothing).any() and not whole(nothing).any()
