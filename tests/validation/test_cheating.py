"""What the flags reach on a small market with planted cheats, and that cheating buys little."""

import numpy as np
import pytest

from scoring.facts.events.arrow import pa
from simulation import Market
from validation.cheating import Detection, flags_of, judged, planted, pooled, tables_of
from validation.flag_bound import judged_in, oracle, page, picked
from validation.price_of_rank import PRICE_PER_THOUSAND, with_orders, with_views

FOUND = {"tables": 0.8, "responses": 0.45}
"""Recall that a small market reaches in each form; the full report tells more."""
RIGHT = 0.85


@pytest.fixture(scope="module", params=["tables", "responses"])
def case(request: pytest.FixtureRequest) -> tuple[Market, Detection]:
    made = planted(5, request.param, creators=400, days=120, regions=("US", "ID"))
    tables, as_of = tables_of(made, request.param)
    raised = flags_of(tables, as_of)
    shuffled = {name: table.take(pa.array(np.random.default_rng(1).permutation(len(table)))) for name, table in tables.items()}
    again = flags_of(shuffled, as_of)
    assert again.creator.tolist() == raised.creator.tolist()
    assert again.p_value == pytest.approx(raised.p_value, rel=1e-9)
    assert again.evidence == raised.evidence
    return made, judged(raised, made, request.param)


def test_most_cheats_are_found_and_most_flags_are_right(case: tuple[Market, Detection]) -> None:
    _, found = case
    assert found.precision >= RIGHT
    assert found.recall >= FOUND[found.form]


def test_markets_add_up(case: tuple[Market, Detection]) -> None:
    _, found = case
    twice = pooled([found, found], found.form)
    assert (twice.flagged, twice.recall, twice.precision) == (2 * found.flagged, found.recall, found.precision)


def test_bought_views_and_orders_are_worth_what_was_spent() -> None:
    made = planted(5, "tables", creators=60, days=60, regions=("US",))
    tables, as_of = tables_of(made, "tables")
    posts, sales = tables["contents"], tables["sales"]
    who = max(set(posts["creator_id"].to_pylist()), key=posts["creator_id"].to_pylist().count)
    more = with_views(tables, [who], as_of, 100.0, likes=False)["contents"]
    added = more["views"].to_numpy().sum() - posts["views"].to_numpy().sum()
    assert added == pytest.approx(100_000 / PRICE_PER_THOUSAND, rel=0.01)
    bought = with_orders(tables, [who], as_of, 100.0)["sales"].slice(len(sales))
    assert len(bought) > 0
    assert set(bought["creator_id"].to_pylist()) == {who}
    assert 85.0 <= 0.85 * sum(bought["gmv_usd"].to_pylist()) <= 100.0 + max(bought["gmv_usd"].to_pylist())


def test_an_oracle_that_is_told_the_cheats_finds_more_of_them() -> None:
    of = judged_in(5, creators=240, days=90)
    chosen = picked(oracle(of), of, 0.9)
    assert (~of.honest)[chosen].mean() >= 0.9
    assert chosen[~of.honest].mean() > of.flagged[~of.honest].mean()
    assert f"{chosen[~of.honest].mean():.2f}" in page(of)
