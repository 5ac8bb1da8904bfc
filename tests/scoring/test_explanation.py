"""Explanations add up, to the last bit and in any order."""

import itertools
from math import fsum

import numpy as np
import pytest

from scoring import FORMULA, NAMES, Fit, ScoringError, apply, explain, fit
from tests.scoring.rows import declared, facts, market, taken

TABLE = market(300)
FIT = fit(TABLE)
SCORES = apply(TABLE, FIT)


@pytest.mark.parametrize("name", NAMES)
def test_adds_up_exactly(name: str):
    found = explain(TABLE, FIT, name)
    for explanation, value, reason in zip(found, SCORES.value[:, NAMES.index(name)], SCORES.reason[:, NAMES.index(name)], strict=True):
        parts = [part.contribution for part in explanation.components]
        if np.isnan(value):
            assert (explanation.value, explanation.components, explanation.reason) == (None, (), reason)
            continue
        assert explanation.value == value
        assert explanation.base + sum(parts) == sum(reversed(parts), explanation.base) == fsum([explanation.base, *parts]) == value


def test_any_order_of_addition_of_one_row():
    explanation = next(each for each in explain(TABLE, FIT, "cooperation") if each.value is not None)
    terms = [explanation.base, *(part.contribution for part in explanation.components)]
    assert {sum(order) for order in itertools.permutations(terms, len(terms))} == {explanation.value}


def test_weights_sum_to_one_and_missing_ones_say_where_they_went():
    table = facts({"posts": [22], "videos": [20], "weeks": [4]})
    volume, hours = explain(table, declared(), "content_volume")[0].components
    assert (volume.weight, hours.weight) == (1.0, 0.0)
    assert volume.note == "weighs 0.60 where all components have evidence"
    assert hours.note == "no evidence: its weight of 0.40 went to the others"
    assert (hours.raw, hours.shrunk, hours.contribution) == (None, None, 0.0)
    assert hours.peer_median is not None


def test_raw_shrunk_and_peer_median_in_the_components_unit():
    table = facts({"posts": [22], "videos": [24], "live_hours": [0], "weeks": [4]})
    videos = explain(table, declared(), "content_volume")[0].components[0]
    assert videos.raw == 6.0
    assert videos.peer_median < videos.shrunk < videos.raw
    assert videos.unit == "videos a week"


def test_what_earns_fifty_points_is_the_peer_median():
    chance = np.random.default_rng(4)
    rows = 400
    columns = {"posts": [30] * rows, "videos": chance.poisson(300 * chance.lognormal(0, 1, rows)), "weeks": [4] * rows}
    table = facts(columns, rows=rows)
    found = fit(table)
    median = explain(table, found, "content_volume")[0].components[0].peer_median
    same = facts({"posts": [30], "videos": [median * 4e4], "weeks": [4e4]})
    assert apply(same, found).value[0, NAMES.index("content_volume")] == pytest.approx(50.0, abs=0.5)
    assert median == pytest.approx(float(np.median(columns["videos"])) / 4, rel=0.15)


def test_exact_sales_are_marked():
    marked = {part.component.name for part in FORMULA.parts() if part.component.sensitive}
    assert {"video_gmv_per_1000_views", "live_gmv_per_1000_views", "orders_per_click", "orders_per_post", "sales_share"} <= marked
    table = facts({"shoppable_posts": [7], "orders": [9]})
    known = explain({**table, "clicks": np.array([90.0]), "click_orders": np.array([4.0])}, declared(), "sales_ability")[0]
    assert all(part.sensitive for part in known.components)


def test_a_report_says_that_it_is_one():
    table = facts({"reported_days": [30], "reported_brands": [6]})
    explanation = explain(table, declared(), "collaboration")[0]
    assert explanation.basis == "REPORTED"
    assert [part.name for part in explanation.components] == ["reported_brands"]
    assert explanation.components[0].note == "from the platform's report"


def test_what_is_shown_beside_does_not_count():
    table = facts({"influence": [3e-3], "influence_degree": [6], "category_sales_share": [0.01]})
    beside = explain(table, declared(), "influence")[0].components[1]
    assert (beside.contribution, beside.weight, beside.note) == (0.0, 0.0, "shown beside, not counted")
    assert beside.raw == pytest.approx(0.01)


def test_a_stored_row_and_fit_explain_the_same():
    again = Fit.from_json(FIT.to_json())
    assert explain(taken(TABLE, [3]), again, "overall") == explain(TABLE, FIT, "overall")[3:4]


def test_refuses_an_indicator_that_there_is_not():
    with pytest.raises(ScoringError, match="no indicator luck; there are overall, cooperation"):
        explain(TABLE, FIT, "luck")
