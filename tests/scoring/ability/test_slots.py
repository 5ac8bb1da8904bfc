"""From event tables to slots."""

import numpy as np
import pytest

from scoring.ability.slots import slots
from tests.scoring.ability.evidence import evidence

NAN = np.nan


def rows(found) -> list[tuple]:
    table = found.slots
    return [
        tuple(row) for row in np.column_stack([table.creator, table.product, table.post, table.live, table.orders, table.posts]).tolist()
    ]


def test_posts_with_known_views_stand_alone_with_the_orders_of_their_lines():
    found = slots(
        evidence(
            posts=[(0, 0, 100.0, 0), (0, 1, 50.0, 0)],
            features=[(0, 0, NAN), (0, 1, NAN), (1, 0, NAN)],
            lines=[(0, 0, 0, 1, 0), (0, 0, 0, 1, 0), (0, 0, 0, 2, 0), (0, 1, 0, 1, 0), (0, 0, -1, 9, NAN)],
        )
    )
    assert rows(found) == [(0, 0, 0, 0, 2, 1), (0, 1, 0, 0, 1, 1), (0, 0, 1, 1, 0, 1)]
    assert np.exp(found.slots.log_exposure) == pytest.approx([100, 100, 50])
    assert np.exp(found.slots.log_products) == pytest.approx([2, 2, 1])
    assert found.variance.tolist() == [0, 0]


def test_sums_on_features_count_where_no_line_speaks():
    found = slots(evidence(posts=[(0, 0, 100.0, 0)], features=[(0, 0, 7.0)]))
    assert rows(found) == [(0, 0, 0, 0, 7, 1)]


def test_a_plan_makes_a_cell_of_what_no_known_post_holds():
    """Five contents of which one live; one video has known views and two of the orders."""
    found = slots(
        evidence(
            posts=[(0, 0, 100.0, 1)],
            features=[(0, 0, NAN)],
            lines=[(0, 0, 0, 1, 0), (0, 0, 0, 2, 0), (0, 0, -1, 3, 0), (0, 0, -1, 4, 1), (0, 0, -1, 5, NAN)],
            plans=[(0, 0, 5, 1)],
            videos=[(0, 10**9, 4, 200.0, NAN)],
        )
    )
    assert rows(found) == [(0, 0, -1, 0, 2, 3), (0, 0, -1, 1, 1, 1), (0, 0, 0, 0, 2, 1)]
    assert found.variance[0] > 0
    assert found.variance[1] == 0
    assert found.orders == 5


def test_several_plans_of_a_pair_count_the_same_contents():
    assert rows(slots(evidence(plans=[(0, 0, 5, 0), (0, 0, 3, 0)]))) == [(0, 0, -1, 0, 0, 5)]


def test_orders_of_a_kind_without_content_go_to_the_other():
    found = slots(evidence(lines=[(0, 0, -1, 1, 1)], plans=[(0, 0, 2, 0)]))
    assert rows(found) == [(0, 0, -1, 0, 1, 2)]


def test_a_post_known_for_its_orders_alone_is_no_evidence_of_a_rate():
    found = slots(evidence(posts=[(0, 0, NAN, 1), (1, 0, NAN, 0)], features=[(0, 0, NAN), (1, 0, NAN)], lines=[(0, 0, 0, 1, 0)]))
    assert rows(found) == [(1, 0, 1, 0, 0, 1)]


def test_contents_of_unknown_kind_are_parted_as_reports_part_them():
    found = slots(evidence(plans=[(0, 0, 8, NAN)], videos=[(0, 10**9, 3, 10.0, NAN)], lives=[(0, 10**9, 1, 10.0, NAN)]))
    assert [(live, posts) for _, _, _, live, _, posts in rows(found)] == [(0, 6), (1, 2)]


def test_nothing_makes_no_slots():
    found = slots(evidence())
    assert len(found.slots) == 0
    assert found.variance.tolist() == [0, 0]
