"""Places among peers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring import FactsError, Scores, ranks, world_ordinals

NAN = np.nan


def scores(values: list[float]) -> Scores:
    column = np.array(values, dtype=np.float64)[:, np.newaxis]
    return Scores(
        ("x",), column, column, column, np.zeros_like(column, dtype=np.int64), column.astype(object), column.astype(object), column, column
    )


def groups(creators: list[str], regions: list[str] | None = None) -> dict[str, np.ndarray]:
    count = len(creators)
    return {
        "creator": np.array(creators),
        "region": np.array(regions or ["US"] * count),
        "window": np.full(count, 28),
        "category": np.array(["*"] * count),
    }


def test_by_hand():
    found = ranks(groups(["d", "c", "b", "a", "e"]), scores([70, 90, 70, NAN, 10]))
    assert found.ordinal[:, 0].tolist() == [2, 0, 1, 4, 3]
    assert found.rank[:, 0].tolist() == [2, 1, 2, 0, 4]
    assert found.scored[:, 0].tolist() == [4] * 5
    assert found.peers.tolist() == [5] * 5
    np.testing.assert_array_equal(found.percentile[:, 0], [50.0, 87.5, 50.0, NAN, 12.5])


def test_regions_apart_and_the_world_together():
    found = ranks(groups(["a", "b", "c", "d"], ["US", "GB", "US", "GB"]), scores([1, 2, 3, NAN]))
    assert found.ordinal[:, 0].tolist() == [1, 0, 0, 1]
    assert found.world_ordinal[:, 0].tolist() == [2, 1, 0, 3]
    assert found.rank[:, 0].tolist() == [2, 1, 1, 0]
    assert found.scored[:, 0].tolist() == [2, 1, 2, 1]


def test_windows_and_categories_are_scopes_of_their_own():
    table = groups(["a", "b", "c", "d"]) | {"window": np.array([7, 7, 28, 28]), "category": np.array(["*", "hats", "hats", "hats"])}
    found = ranks(table, scores([1, 2, 3, 4]))
    assert found.world_ordinal[:, 0].tolist() == [0, 0, 1, 0]
    assert found.peers.tolist() == [1, 1, 2, 2]
    assert found.percentile[:, 0].tolist() == [50, 50, 25, 75]


def test_places_by_another_value_stand_by_the_second_where_equal_and_last_where_unknown():
    found = world_ordinals(groups(["d", "c", "b", "a", "e"]), np.array([NAN, 5, 70, 5, NAN]), np.array([1.0, 2, 3, 9, NAN]))
    assert found.tolist() == [3, 2, 0, 1, 4]


VALUE = st.one_of(st.just(NAN), st.integers(0, 8).map(float))


@given(values=st.lists(st.tuples(VALUE, st.sampled_from(["US", "GB"])), min_size=1, max_size=30), seed=st.integers(0, 99))
def test_against_counting_and_in_any_order(values: list[tuple[float, str]], seed: int):
    order = np.random.default_rng(seed).permutation(len(values))
    names = [f"c{place:02d}" for place in range(len(values))]
    regions = [region for _, region in values]
    found = ranks(groups([names[one] for one in order], [regions[one] for one in order]), scores([values[one][0] for one in order]))
    for row, one in enumerate(order):
        value, region = values[one]
        peers = [(other, name) for (other, home), name in zip(values, names, strict=True) if home == region]
        expected = sorted(peers, key=lambda peer: (np.isnan(peer[0]), -np.nan_to_num(peer[0]), peer[1]))
        assert found.ordinal[row, 0] == [name for _, name in expected].index(names[one])
        assert found.rank[row, 0] == (0 if np.isnan(value) else 1 + sum(other > value for other, _ in peers))


def test_no_rows():
    assert ranks(groups([]), scores([])).ordinal.shape == (0, 1)


def test_refuses_other_rows_than_the_scored_ones():
    with pytest.raises(FactsError, match="creator has 1 rows, the scores have 2"):
        ranks(groups(["a"]), scores([1, 2]))
