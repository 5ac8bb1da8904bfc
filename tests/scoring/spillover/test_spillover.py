"""Whose posts led to orders: candidates and coincidence by hand, and markets whose credits are known to be right or wrong."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from scoring.facts import Market, Period, market
from scoring.spillover import EDGES, Misplacement, Spillover, spillover
from scoring.spillover.misplacement import WIDTH
from scoring.spillover.rates import Rates
from scoring.spillover.showings import candidates, showings
from scoring.spillover.spillover import REASONS
from simulation import market as simulated
from simulation.regimes import regime
from tests.scoring.facts.drawn import DAY, END, ROWS, event_tables
from validation.event_tables import event_tables as events_of


def post(name: str, creator: str, days: float) -> dict[str, Any]:
    return {"id": name, "creator_id": creator, "published_at": END - int(days * DAY), "live": False}


def small(*posts: dict[str, Any], orders: tuple[tuple[str, float], ...]) -> Market:
    """Return a market in which all posts show the balm, and orders are credited to posts, some days before the end."""
    by = {each["id"]: each["creator_id"] for each in posts}
    lines = [
        {"order_id": f"o{at}", "creator_id": by[content], "product_id": "balm", "content_id": content, "content_kind": "VIDEO"}
        | {"at": END - int(days * DAY), "quantity": 1, "gmv_usd": 5.0, "status": "PLACED", "refunded_quantity": 0}
        for at, (content, days) in enumerate(orders)
    ]
    shown = [{"content_id": each["id"], "product_id": "balm"} for each in posts]
    rows = {name: ROWS[name] for name in ("creators", "brands", "categories", "products")}
    return market(event_tables(rows | {"contents": list(posts), "features": shown, "sales": lines}), Period(END))


def twin(misattributed: float) -> Market:
    made = simulated(1, creators=600, days=180, like=replace(regime("misattribution"), misattributed=misattributed))
    return market(events_of(made), Period(made.world.period.end))


@pytest.fixture(scope="module")
def wrong() -> tuple[Market, Spillover]:
    of = twin(regime("misattribution").misattributed)
    found = spillover(of)
    assert found is not None
    return of, found


@pytest.fixture(scope="module")
def right() -> Spillover:
    found = spillover(twin(0.0))
    assert found is not None
    return found


def test_an_order_may_be_of_the_credited_post_or_of_others_before_it() -> None:
    """Bob posts 5 days before the end, Ann 3 and 2 days; the order comes 1 day before the end and is credited to Ann's first post."""
    of = small(post("b", "bob", 5), post("a", "ann", 3), post("c", "ann", 2), orders=(("a", 1),))
    shown, name = showings(of)
    among = candidates(of, shown, name)
    assert of.creators.id[shown.creator].tolist() == ["bob", "ann", "ann"]
    assert (among.order.tolist(), among.credited.tolist()) == ([0, 0], [1])
    assert among.showing.tolist() == [1, 0]
    assert among.lag.tolist() == [2.0, 4.0]
    assert among.apart.tolist() == [0, 1]
    assert among.later.tolist() == [1, 2]
    assert not among.final.any()


def test_own_earlier_posts_and_those_of_long_ago_are_not_asked() -> None:
    of = small(post("old", "bob", 40), post("a", "ann", 5), post("c", "ann", 3), orders=(("c", 1),))
    shown, name = showings(of)
    assert candidates(of, shown, name).showing.tolist() == [2]


def test_only_of_an_order_credited_to_the_last_post_more_than_the_one_before_it_is_asked() -> None:
    posts = (post("x", "bob", 7), post("b", "bob", 5), post("a", "ann", 3))
    for more, asked in (((), [2, 1, 0]), ((post("z", "bob", 2),), [2, 1])):
        of = small(*posts, *more, orders=(("a", 1),))
        shown, name = showings(of)
        assert candidates(of, shown, name).showing.tolist() == asked


def test_rates_of_creators_alike_are_drawn_together_and_the_sum_is_kept() -> None:
    of = small(post("b", "bob", 5), post("a", "ann", 3), orders=(("a", 1), ("a", 2), ("b", 2), ("b", 3)))
    shown, _ = showings(of)
    rates = Rates.even(shown)
    for _ in range(20):
        rates = rates.learnt(shown, np.array([2.0, 2.0]), np.ones(2))
    assert rates.expected(shown) == pytest.approx([2.0, 2.0], rel=0.02)


def test_steps_of_the_lag_add_up_to_one(wrong: tuple[Market, Spillover]) -> None:
    learnt = wrong[1].learnt
    assert len(learnt.video) == len(learnt.live) == len(WIDTH) == len(EDGES) - 1
    assert learnt.video @ WIDTH == pytest.approx(1.0)
    assert learnt.live[0] > learnt.video[0] > learnt.video[-1]
    assert Misplacement.from_json(learnt.to_json()) == learnt


def test_ratings_by_lift_err_at_least_a_fifth_less_than_by_the_last_touch(wrong: tuple[Market, Spillover], right: Spillover) -> None:
    """The twin market is the same but for the credits, so that it tells who led to each order."""
    truth, found = right.credited, wrong[1]
    rated = truth >= 5
    last_touch, estimate = (np.sqrt(np.mean((np.log1p(each) - np.log1p(truth))[rated] ** 2)) for each in (found.credited, found.led))
    assert estimate <= 0.8 * last_touch
    assert found.learnt.next > 0.1
    assert found.led.sum() == pytest.approx(found.credited.sum())


def test_intervals_hold_nine_in_ten_or_more(wrong: tuple[Market, Spillover], right: Spillover) -> None:
    found, known = wrong[1], wrong[1].reason == 0
    held = (found.low * found.credited <= right.credited) & (right.credited <= found.high * found.credited)
    assert held[known].mean() >= 0.88


def test_where_credits_are_right_nothing_is_taken_from_anybody(right: Spillover) -> None:
    known = right.reason == 0
    assert right.lift[known] == pytest.approx(np.ones(known.sum()), abs=1e-3)
    assert max(right.learnt.next, right.learnt.last) < 1e-3


def test_who_has_few_orders_or_always_posts_with_others_has_a_reason_and_no_lift(wrong: tuple[Market, Spillover]) -> None:
    found = wrong[1]
    assert np.isnan(found.lift).tolist() == (found.reason > 0).tolist()
    assert ((found.credited < 5) == (found.reasons == "FEW_ORDERS")).all()


def test_creators_who_always_post_together_cannot_be_told_apart() -> None:
    """Ann and Bob post within the hour each time, and each is credited with orders."""
    posts, orders = [], []
    for day in range(3, 53):
        posts += [post(f"b{day}", "bob", day), post(f"a{day}", "ann", day - 0.04)]
        orders += [(f"a{day}", day - 1.0 - 0.1 * turn) for turn in range(3)] + [(f"b{day}", day - 1.05 - 0.1 * turn) for turn in range(3)]
    found = spillover(small(*posts, orders=tuple(orders)))
    assert found is not None
    assert found.reasons.tolist() == ["ALWAYS_TOGETHER", "ALWAYS_TOGETHER"]
    assert np.isnan(found.lift).all()
    assert "ALWAYS_TOGETHER" in REASONS


def test_nothing_is_said_of_few_orders() -> None:
    assert spillover(small(post("b", "bob", 5), orders=(("b", 1),))) is None
    assert spillover(small(orders=())) is None


def test_the_order_of_rows_changes_nothing() -> None:
    made = simulated(1, creators=200, days=180, like=regime("misattribution"))
    tables, period = events_of(made), Period(made.world.period.end)
    turned = {name: table.take(np.arange(len(table))[::-1]) for name, table in tables.items()}
    first, second = (spillover(market(each, period)) for each in (tables, turned))
    assert first is not None
    assert second is not None
    assert np.allclose(first.led, second.led, rtol=1e-9, atol=1e-9)
