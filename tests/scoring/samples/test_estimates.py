"""Expectations of samples on a brand small enough to count by hand."""

from __future__ import annotations

import numpy as np
import pytest

from scoring.facts.period import DAY
from scoring.samples import SALES_DAYS, Samples, Terms, estimates, learnt
from scoring.samples.estimates import expectations
from scoring.samples.fit import fitted


def brand(nets: list[float], *, creators: list[int] | None = None, gap: int = 1) -> Samples:
    """Return approved samples, one a day, each over 28 + 28 days later; a net of 0 is content that did not come."""
    count = len(nets)
    net = np.array(nets, dtype=np.float64)
    applied = np.arange(count, dtype=np.float64) * gap * DAY
    return Samples(
        creator=np.array(creators or range(count), dtype=np.int64),
        applied=applied,
        approved=np.ones(count, dtype=np.bool_),
        clear=applied + 28 * DAY,
        came=net > 0,
        net=net,
        orders=net / 10,
        price=np.full(count, 20.0),
        commission=np.full(count, 0.1),
        before=np.zeros(count),
    )


def newcomer(samples: Samples, *, at: float, price: float = 20.0) -> Samples:
    """Return one application of a creator unknown to the brand."""
    one = samples.at(np.array([0]))
    return Samples(
        creator=np.array([99], dtype=np.int64),
        applied=np.array([at]),
        approved=np.array([False]),
        clear=np.array([np.nan]),
        came=np.array([False]),
        net=one.net * 0,
        orders=one.orders * 0,
        price=np.array([price]),
        commission=one.commission,
        before=np.array([0.0]),
    )


LATER = 1_000.0 * DAY
TEN = brand([100.0, 0.0, 300.0, 0.0, 100.0, 0.0, 300.0, 0.0, 200.0, 0.0])


def test_of_ten_samples_half_with_content_the_mean_is_said() -> None:
    """Share 5.5 / 11; content brings 200 on average, in ratios ½, ½, 1, 1½, 1½: half of it is expected of anybody."""
    fit = fitted(TEN, at=LATER, blend=False)
    assert fit is not None
    assert (fit.share, fit.net.mean, fit.net.ratios.tolist()) == (0.5, 200.0, [0.5, 0.5, 1.0, 1.5, 1.5])
    said = expectations(fit, TEN, newcomer(TEN, at=LATER))
    assert said.probability.tolist() == pytest.approx([0.5])
    assert said.net.tolist() == pytest.approx([100.0])
    assert said.orders.tolist() == pytest.approx([10.0])
    # no content has probability ½, so the interval begins at 0 and ends where 0.8 lies below: 0.3 / 0.5 = 0.6 of the ratios, the third
    assert (said.net_low.tolist(), said.net_high.tolist()) == ([0.0], [200.0])


def test_profit_and_the_chance_of_loss_are_counted_out() -> None:
    """Cost 20 × 0.5 + 5 = 15; a sale leaves 0.4: 40 at the least once content came, so a loss is no content at all."""
    fit = fitted(TEN, at=LATER, blend=False)
    assert fit is not None
    said = estimates(fit, TEN, newcomer(TEN, at=LATER), Terms(0.5, 0.5, 5.0))
    assert (said.cost.tolist(), said.profit.tolist(), said.loss_chance.tolist()) == ([15.0], [pytest.approx(25.0)], [pytest.approx(0.5)])
    dear = estimates(fit, TEN, newcomer(TEN, at=LATER), Terms(0.5, 0.5, 40.0))
    # cost 50: the two contents of 100 leave 40 and lose as well
    assert dear.loss_chance.tolist() == [pytest.approx(0.5 + 0.5 * 2 / 5)]


def test_a_probability_known_better_takes_the_place_of_the_record() -> None:
    fit = fitted(TEN, at=LATER, blend=False)
    assert fit is not None
    said = expectations(fit, TEN, newcomer(TEN, at=LATER), probability=np.array([1.0]))
    assert (said.probability.tolist(), said.net.tolist()) == ([1.0], [pytest.approx(200.0)])
    assert (said.net_low.tolist(), said.net_high.tolist()) == ([100.0], [300.0])


def test_without_a_price_sales_are_expected_and_no_profit() -> None:
    fit = fitted(TEN, at=LATER, blend=False)
    assert fit is not None
    said = estimates(fit, TEN, newcomer(TEN, at=LATER, price=float("nan")), Terms(0.5, 0.5, 5.0))
    assert said.expected.net.tolist() == [pytest.approx(100.0)]
    assert np.isnan([said.cost[0], said.profit[0], said.loss_chance[0]]).all()


@pytest.mark.parametrize(("nets", "at"), [([100.0] * 9, LATER), ([100.0] + [0.0] * 9, LATER), ([100.0] * 10, 9 * DAY + 56 * DAY)])
def test_too_few_samples_teach_nothing(nets: list[float], at: float) -> None:
    """Nine; ten of which one sold; ten of which the last is over only a moment after."""
    assert fitted(brand(nets), at=at) is None
    assert learnt(brand(nets), at=at) is None


def test_a_record_counts_once_its_time_is_over() -> None:
    """The creator of all samples kept each second one; before the first was clear nothing of that was known."""
    same = brand([100.0, 0.0] * 8, creators=[5] * 16)
    clear, kept = same.record(np.array([5, 5, 5]), np.array([28.0 * DAY, 29.5 * DAY, LATER]))
    assert (clear.tolist(), kept.tolist()) == ([0.0, 2.0, 16.0], [0.0, 1.0, 8.0])


def test_nothing_that_came_later_changes_what_is_said() -> None:
    """What is learnt at a date is the same whatever the samples bring that are over afterwards."""
    rng = np.random.default_rng(3)
    nets = (rng.random(60) < 0.6) * np.exp(rng.normal(4, 1, 60))
    at = (30 + 28 + SALES_DAYS) * DAY
    other = nets.copy()
    other[31:] = 10_000.0
    one, two = (learnt(brand(each.tolist()), at=at) for each in (nets, other))
    assert one is not None
    assert two is not None
    assert one.fit.samples == 30
    assert repr(one) == repr(two)


def test_where_earlier_sales_tell_the_model_beats_the_mean_on_what_it_has_not_seen() -> None:
    rng = np.random.default_rng(5)
    before = np.exp(rng.normal(4, 1.5, 400))
    nets = (rng.random(400) < 0.7) * before * np.exp(rng.normal(0, 0.3, 400))
    plain = brand(nets.tolist())
    told = Samples(**{name: getattr(plain, name) for name in Samples.__slots__} | {"before": before})
    found, blind = learnt(told, at=LATER), learnt(plain, at=LATER)
    assert found is not None
    assert found.quality is not None
    assert found.fit.basis == "MODEL"
    assert found.quality.error < 0.7 * found.quality.mean_error
    assert blind is not None
    assert blind.fit.basis == "GROUP_MEAN"


@pytest.mark.parametrize("seed", range(3))
def test_four_in_five_intervals_hold(seed: int) -> None:
    """On 400 samples, of which 0.5 bring something log-normal: 80 % give or take three standard errors, and what is expected comes."""
    rng = np.random.default_rng(seed)
    nets = (rng.random(400) < 0.5) * np.exp(rng.normal(3, 1, 400))
    found = learnt(brand(nets.tolist()), at=LATER)
    assert found is not None
    assert found.quality is not None
    spread = 3 * np.sqrt(0.8 * 0.2 / found.quality.samples)
    assert abs(found.quality.covered - 0.8) < spread
