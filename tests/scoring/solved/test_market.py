"""What is solved on the whole graph: exact on a market small enough to draw, sound on a larger one."""

import numpy as np
import pytest

from scoring.ability import Counts, Slots, ability
from scoring.facts import Period, market, table
from scoring.solved import solved
from scoring.solved.evidence import all_sales, evidence, prices
from scoring.solved.selling import order_yield
from tests.scoring.facts.drawn import END, ROWS, event_tables

DRAWN = market(event_tables(), Period(END))


def place(found, name: str) -> int:
    return int(np.flatnonzero(found == name)[0])


def test_lines_say_their_post_and_orders_stay_apart():
    sales = all_sales(DRAWN)
    seen = evidence(DRAWN, sales, prices(DRAWN, sales))
    ann, video = place(DRAWN.creators.id, "ann"), 0
    lines = [tuple(row) for row in zip(seen.lines.creator.tolist(), seen.lines.live.tolist(), seen.lines.order.tolist(), strict=True)]
    assert {creator for creator, _, _ in lines} == {ann}
    assert len(lines) == 3
    own = seen.lines.post >= 0
    assert seen.posts.creator[seen.lines.post[own]].tolist() == [ann, ann]
    assert seen.posts.live[seen.lines.post[own]].tolist() == [False, False]
    assert [live for _, live, _ in lines].count(float(video)) == 2


def test_prices_are_those_paid_and_else_those_asked():
    rows = [{"id": "balm", "brand_id": "acme", "price_usd": 99.0}, {"id": "mug", "price_usd": 3.0}, {"id": "cup"}]
    found = market(event_tables(ROWS | {"products": rows}), Period(END))
    price = dict(zip(found.catalogue.product.tolist(), prices(found, all_sales(found)).tolist(), strict=True))
    assert price["balm"] == pytest.approx(10.0)
    assert price["mug"] == pytest.approx(5.0)
    assert np.isnan(price["cup"])


def test_all_sales_number_their_orders_apart():
    tables = event_tables()
    earlier = tables["sales"].set_column(tables["sales"].column_names.index("at"), "at", [[END - 300 * 86_400] * tables["sales"].num_rows])
    found = market({**tables, "earlier_sales": earlier}, Period(END))
    sales = all_sales(found)
    assert len(np.unique(sales.order)) == 2 * len(np.unique(all_sales(DRAWN).order))
    assert len(sales.order) == 2 * len(all_sales(DRAWN).order)


def test_rows_of_a_drawn_market():
    facts = table(DRAWN)
    found = solved(DRAWN, facts).facts
    overall = (found["category"] == "*") & (found["window"] == 90)
    share = dict(zip(found["creator"][overall].tolist(), found["influence"][overall].tolist(), strict=True))
    assert sum(share.values()) == pytest.approx(1.0)
    assert share["ann"] > 0
    assert (found["influence_log_var"][found["influence"] > 0] > 0).all()
    assert len(found["selling_log"]) == len(facts["creator"])
    known = ~np.isnan(found["selling_log"])
    assert (found["selling_var"][known] > 0).all()
    assert np.isnan(found["selling_var"][~known]).all()


def test_nothing_known_is_no_solution():
    empty = {name: [] for name in ("contents", "features", "sales", "collaborations", "deliveries", "promotions", "mentions", "reports")}
    nobody = market(event_tables(ROWS | empty), Period(END))
    found = solved(nobody, table(nobody)).facts
    for name in ("influence", "influence_log_var", "selling_log", "selling_var", "order_yield_log", "expected_sales_share", "network"):
        assert np.isnan(found[name]).all(), name
    assert (found["selling_orders"] == 0).all()


def test_the_yield_of_orders_leaves_views_out_and_follows_orders_alone():
    slots = Slots.of(
        creator=np.array([0, 1, 2]),
        product=np.array([0, 0, 0]),
        orders=np.array([8.0, 2.0, 0.0]),
        log_exposure=np.log([1000.0, 10.0, 100.0]),
        posts=np.array([5.0, 5.0, 10.0]),
    )
    log, variance = order_yield(ability(slots, Counts(4, 1, 1)))
    assert np.exp(log[:3]) == pytest.approx([8.5 / 3.0, 2.5 / 3.0, 0.5 / 5.5])
    assert variance[:3] == pytest.approx([1 / 8.5, 1 / 2.5, 1 / 0.5])
    assert np.isnan(log[3])
    assert np.isnan(variance[3])
