"""What portfolios sell is measured against the best in hindsight; the least correlation at which intervals hold is learnt."""

import numpy as np

from validation.portfolio import CORRELATIONS, PORTFOLIO, Known, Outcome, figures, learnt, of_candidates, page


def test_nothing_sells_more_than_the_best_in_hindsight() -> None:
    rng = np.random.default_rng(3)
    came, cost = rng.lognormal(5.0, 1.0, 12), rng.uniform(20.0, 60.0, 12)
    expected = came * rng.lognormal(0.0, 0.5, 12)
    known = Known(
        expected=expected,
        low=expected / 3,
        high=expected * 2,
        told=expected,
        told_low=expected / 3,
        told_high=expected * 2,
        past=came[::-1].copy(),
        cost=cost,
        came=came,
        audiences=[{"GENDER": {"FEMALE": share, "MALE": 1 - share}} for share in rng.uniform(size=12).tolist()],
        shown=(rng.uniform(size=(12, 20)) < 0.3).astype(np.float64),
    )
    found = list(of_candidates(known, np.arange(12), 0.3))
    assert len({each.way for each in found}) == len(found) == 9
    assert all(0.0 < each.share <= 1.0 + 1e-9 for each in found)
    assert sum(each.forecasts is not None for each in found) == len(CORRELATIONS)
    told = figures(found)
    assert told[PORTFOLIO] == next(each.share for each in found if each.way == PORTFOLIO)
    assert len(told) == 9 + 2 * len(CORRELATIONS)
    assert page([5], [told]).splitlines()[2] == f"| {PORTFOLIO} | {told[PORTFOLIO]:.3f} | {told[PORTFOLIO]:.3f} |"


def test_the_least_correlation_that_holds_is_learnt() -> None:
    forecasts = (np.array([100.0, 100.0]), np.array([60.0, 60.0]), np.array([140.0, 140.0]))
    # each end lies √(2 · 40² (1 − ρ) + ρ 80²) = √(3,200 (1 + ρ)) from 200
    near = Outcome(PORTFOLIO, 157.0, 1.0, forecasts)
    far = near._replace(came=135.0)  # 65² = 4,225 = 3,200 · 1.3203
    assert near.held(0.0)
    assert not far.held(0.32)
    assert far.held(0.33)
    assert learnt([near, near, far]) == {PORTFOLIO: 0.33}
    assert learnt([near, near, near, near, far]) == {PORTFOLIO: 0.0}
