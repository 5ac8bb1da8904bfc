"""All parts in one row: dot products are the weighted cosines of the parts."""

import numpy as np
import pytest

from scoring.similarity import PARTS, People, blend, brand_rows, creator_rows, sought
from scoring.similarity.table import against_average

GRAPH = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 0]], dtype=np.float32)
PEOPLE = People(
    ids=np.array(["a", "b", "c"]),
    region=np.array(["US", "US", "US"]),
    language=np.array(["en", "es", "en"]),
    followers=np.array([1_000.0, 1_000.0, 5.0]),
    price=np.full(3, np.nan),
    audience={"gender": np.array([[0.3, 0.7], [0.3, 0.7], [0.5, 0.5]])},
)


def test_likeness_is_the_weighted_sum_of_cosines_over_what_is_known() -> None:
    weight = {part.name: part.weight for part in PARTS}
    table = creator_rows(PEOPLE, GRAPH)
    placed = against_average(GRAPH, PEOPLE.region)
    known = sum(weight[name] for name in ("graph", "region", "language", "size", "gender"))
    expected = (weight["graph"] * float(placed[0] @ placed[1]) + weight["region"] + weight["size"] + weight["gender"]) / known
    assert float(table.rows[0] @ table.rows[1]) == pytest.approx(expected, abs=1e-6)
    assert float(table.rows[0] @ table.rows[0]) == pytest.approx(1)


def test_who_has_no_tie_has_no_row() -> None:
    assert not creator_rows(PEOPLE, GRAPH).rows[2].any()


def test_a_region_of_one_keeps_its_direction() -> None:
    one = against_average(np.array([[0.6, 0.8]], dtype=np.float32), np.array(["US"]))
    assert one[0].tolist() == pytest.approx([0.6, 0.8])


def test_what_a_region_shares_falls_away() -> None:
    shared = np.array([[0.8, 0.6, 0], [0.8, 0, 0.6]] * 500, dtype=np.float32)
    found = against_average(shared, np.full(1_000, "US"))
    assert float(found[0] @ found[1]) < -0.9


def test_parts_know_their_columns() -> None:
    table = creator_rows(PEOPLE, GRAPH)
    assert table.layout.columns("graph") == slice(0, 3)
    assert table.layout.dimensions == table.rows.shape[1]
    assert table.layout.columns("age") == slice(10, 10)


def test_brands_stand_among_creators_by_the_graph_alone() -> None:
    table = creator_rows(PEOPLE, GRAPH)
    brands = brand_rows(table.layout, np.array(["US", ""]), GRAPH[:2])
    assert brands.rows.shape == (2, table.layout.dimensions)
    assert not brands.rows[:, table.layout.columns("region")].any()


def test_the_best_partners_weigh_more_and_without_any_the_brand_itself_is_sought() -> None:
    own, one, other = np.eye(3, dtype=np.float32)
    found = sought(own, np.stack([one, other]), times=np.array([1.0, 1.0]), gmv_usd=np.array([0.0, 50_000.0]))
    assert found[2] > found[1] > found[0] > 0
    alone = sought(own, np.zeros((0, 3), dtype=np.float32), times=np.zeros(0), gmv_usd=np.zeros(0))
    assert alone.tolist() == [1, 0, 0]
    assert not blend(np.zeros((0, 3), dtype=np.float32), np.zeros(0)).any()
