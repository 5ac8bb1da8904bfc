"""What is forecast of a drawn market lies within the interval that belongs to it, for whoever reads it."""

from __future__ import annotations

import numpy as np
import pytest

from scoring.facts import Market, Period, market
from scoring.forecast import Forecast, Outlook, outlook
from scoring.outward import open_tables, outward_facts, told_forecast
from scoring.solved.selling import selling
from simulation import market as simulated
from simulation.regimes import regime
from validation.event_tables import event_tables

SEED = 31


@pytest.fixture(scope="module")
def drawn() -> tuple[Market, Market]:
    """Return a market as brands and partners may see it, and whole."""
    made = simulated(SEED, creators=300, days=150, like=regime("usual"))
    tables, period = event_tables(made), Period(made.world.period.end)
    return market(open_tables(tables), period), market(tables, period)


@pytest.fixture(scope="module")
def inner(drawn: tuple[Market, Market]) -> Outlook:
    return outlook(drawn[1], selling(drawn[1]))


@pytest.fixture(scope="module")
def outward(drawn: tuple[Market, Market]) -> Forecast:
    opened, whole = drawn
    consents = np.arange(len(whole.creators.id)) % 2 == 0
    return told_forecast(opened, whole, outward_facts(opened, whole, frozenset(whole.creators.id[consents].tolist())), consents)


@pytest.mark.parametrize("audience", ["inner", "outward"])
def test_a_creators_median_lies_within_its_interval(audience: str, request: pytest.FixtureRequest) -> None:
    found = request.getfixturevalue(audience)
    said: Forecast = found.creators if isinstance(found, Outlook) else found
    told = np.isfinite(said.low)
    assert told.sum() > 200
    assert ((said.low <= said.median) & (said.median <= said.high))[told].all()
    assert np.isfinite(said.median[told]).all()


def test_the_mean_lies_above_the_interval_of_some_so_it_is_no_middle_of_it(inner: Outlook) -> None:
    """Were it otherwise, nothing would speak against serving the mean as the interval's middle."""
    above = inner.creators.expected > inner.creators.high
    assert 0.02 < above.mean() < 0.2


@pytest.mark.parametrize("kind", ["brands", "categories"])
def test_what_is_expected_of_a_sum_lies_within_its_interval(inner: Outlook, kind: str) -> None:
    said = getattr(inner, kind)
    told = np.isfinite(said.low)
    assert told.sum() > 10
    assert ((said.low <= said.expected) & (said.expected <= said.high))[told].all()
