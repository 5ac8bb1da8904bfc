"""Flags of a whole market: the strong ones, cited, whatever the order of the rows."""

import numpy as np

from scoring.authenticity import FALSE_DISCOVERY_RATE, MEASURED_PRECISION, Flags, Kind, flags
from scoring.facts import Columns, Market
from tests.scoring.authenticity.small import line, name, seen


def facts(market: Market) -> Columns:
    """Return facts that tell nothing of selling."""
    count = len(market.creators.id)
    unknown = np.full(count, np.nan)
    fixed = {"category": np.full(count, "*"), "window": np.full(count, 90)}
    return {"creator": market.creators.id, "selling_log": unknown, "selling_var": unknown, **fixed}


def found(sales: list[dict[str, object]]) -> Flags:
    market = seen(11, sales=sales)
    return flags(market, facts(market))


def lines() -> list[dict[str, object]]:
    honest = [line(creator, f"o{creator}.{n}", back=n == 0) for creator in range(1, 10) for n in range(10)]
    return honest + [line(0, f"own{n}", back=True) for n in range(5)]


def test_only_who_stands_out_is_flagged_with_what_it_stands_on() -> None:
    raised = found(lines())
    assert raised.creator.tolist() == [name(0)]
    assert raised.kind.tolist() == [Kind.REFUNDED_ORDERS]
    assert raised.observed.tolist() == [5.0]
    assert raised.evidence == (("Product:balm",),)
    assert raised.q_value[0] == 10 * raised.p_value[0]
    assert raised.q_value[0] <= FALSE_DISCOVERY_RATE
    assert raised.precision.tolist() == [MEASURED_PRECISION[Kind.REFUNDED_ORDERS].selected]


def test_an_honest_market_and_an_empty_one_have_none() -> None:
    assert len(found(lines()[:-5])) == 0
    assert len(found([])) == 0


def test_the_order_of_rows_changes_nothing() -> None:
    one, other = found(lines()), found(lines()[::-1])
    assert one.creator.tolist() == other.creator.tolist()
    assert one.p_value.tolist() == other.p_value.tolist()


def test_every_kind_states_how_often_it_is_right() -> None:
    assert set(MEASURED_PRECISION) == set(Kind)
    assert all(0.5 < precision.selected <= precision.listed <= 1.0 for precision in MEASURED_PRECISION.values())
