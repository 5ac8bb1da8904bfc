"""Orders for the views of all shoppable posts, by hand and on a simulated market."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from scoring import FORMULA, apply, fit
from scoring.facts import Period, market, table
from scoring.facts.sold import days_seen, orders_kept
from scoring.solved import solved
from scoring.solved.order_rate import RATES, order_rate
from simulation import market as simulated
from simulation.regimes import USUAL
from simulation.responses import write_responses
from tests.scoring.facts.drawn import DAY, END, ROWS, event_tables
from validation.file_tables import file_tables
from validation.measures import agreement
from validation.planted import planted_in

SALES = [{"order_id": f"o{at}", "product_id": "balm", "quantity": 1, "gmv_usd": 10.0, "at": END - (at + 1) * DAY} for at in range(20)]
FOUND = market(event_tables(ROWS | {"contents": [], "features": [], "sales": SALES}), Period(END))
ANN = int(np.flatnonzero(FOUND.creators.id == "ann")[0])


def found(placed: float) -> Any:
    """Return what the model learnt, which has so many orders of ann: orders grow with the root of views."""
    slots = SimpleNamespace(creator=np.array([ANN]), orders=np.array([placed]))
    fit = SimpleNamespace(covariates={"log_views": -0.5}, state=SimpleNamespace(design=SimpleNamespace(slots=slots, creators=2)))
    return fit, SimpleNamespace(videos=SimpleNamespace(log_views=np.log([100.0, 400.0]), variance=np.array([0.2, 0.4])))


def rates(plan: list[float], reported: list[float]) -> dict[str, np.ndarray]:
    nothing = np.full(2, np.nan)
    found = {name: nothing for each in RATES for name in (each, f"{each}_log_var")}
    of = {"plan_shoppable_rate": plan, "reported_shoppable_rate": reported}
    return found | {name: np.array(values) for name, values in of.items()} | {f"{name}_log_var": np.full(2, 0.1) for name in of}


def test_orders_are_held_against_views_and_posts_by_hand():
    made = order_rate(FOUND, found(placed=10), rates([2.0, np.nan], [9.0, 3.0]), np.arange(2))
    orders, weeks = orders_kept(FOUND) + 0.5, (np.where(days_seen(FOUND) > 0, days_seen(FOUND), days_seen(FOUND).max()) + 7) / 7
    assert sorted(orders.tolist()) == [0.5, 20.5]
    expected = np.array([10.0, 20.0]) * np.array([2.0, 3.0]) * weeks
    assert np.exp(made["order_rate_log"]) == pytest.approx(orders / expected * expected.sum() / orders.sum())
    assert made["order_rate_log_var"] == pytest.approx(1 / orders + 0.25 * np.array([0.2, 0.4]) + 0.1)


def test_the_fewer_orders_the_model_misses_the_less_it_says():
    def variance(placed: float) -> float:
        return float(order_rate(FOUND, found(placed), rates([2.0, 2.0], [9.0, 3.0]), np.arange(2))["order_rate_log_var"][ANN])

    assert variance(16.0) == pytest.approx(variance(0.0))
    assert variance(18.0) == pytest.approx(4 * variance(16.0))
    assert np.isnan([variance(20.0), variance(21.0)]).all()


def test_where_posts_a_week_are_not_known_nothing_is():
    made = order_rate(FOUND, found(placed=0), rates([np.nan, np.nan], [np.nan, 0.0]), np.arange(2))
    assert np.isnan([made["order_rate_log"], made["order_rate_log_var"]]).all()


def followed(seed: int, folder: Path) -> tuple[float, float]:
    """Return how well scores of a market in partner form follow ability: with the reading, and without it."""
    made = simulated(seed, creators=200, days=120, like=replace(USUAL, sums_only=0.0))
    write_responses(made.world, folder)
    planted = planted_in(made)
    tables, as_of = file_tables(folder / "shops", planted)
    known = market(tables, Period(as_of))
    facts = solved(known, table(known)).facts
    rows = (facts["window"] == 90) & (facts["category"] == "*")
    facts = {name: column[rows] for name, column in facts.items()}
    place = {id_: at for at, id_ in enumerate(planted.ids)}
    true = planted.traits["selling"][[place[id_] for id_ in facts["creator"].tolist()]]
    (indicator,) = (each for each in FORMULA.indicators if each.name == "sales_ability")
    (component,) = indicator.components

    def agrees(without: str) -> float:
        readings = tuple(each for each in component.readings if each.name != without)
        formula = replace(FORMULA, indicators=(replace(indicator, components=(replace(component, readings=readings),)),))
        return agreement(apply(facts, fit(facts, formula=formula)).value[:, 1], true)

    return agrees("none"), agrees("order_rate")


def test_in_partner_form_ability_is_followed_better_than_by_orders_net_of_products_alone(tmp_path: Path):
    found = np.array([followed(seed, tmp_path / str(seed)) for seed in (71, 72, 73)])
    assert found[:, 0].mean() > found[:, 1].mean() + 0.015
