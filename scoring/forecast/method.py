"""How net GMV of the next 28 days is forecast, in words."""

from __future__ import annotations

from typing import Final

from scoring.forecast.blend import POWER, RIDGE
from scoring.forecast.forecast import COVERAGE, FEWEST
from scoring.forecast.history import DAYS, MEANINGS, USUAL
from scoring.forecast.replays import DATES

_USUAL: Final = ", ".join(f"{weight:g} ({name})" for name, weight in zip(MEANINGS, USUAL[1:].tolist(), strict=True) if weight)

FORECAST: Final = (
    f"Forecast is net GMV of the {DAYS} days after the run's date, through everything that is known here, in US dollars.",
    f"Each run looks again at up to {DATES} earlier dates, {DAYS} days apart: orders, posts and reports count by their own times; content"
    " that only an order names is known from that order on; plans' counts of content are taken as made evenly over time. Followers, views"
    " and refunds are as known now. What came after each date teaches.",
    "The expectation is exp(c + Σ weight × fact). The facts: "
    + "; ".join(f"`{name}`, {meaning}" for name, meaning in MEANINGS.items())
    + f". Weights are learnt by quasi-likelihood with a variance in proportion to the mean to the power {POWER:g}; a ridge of {RIDGE:g} on"
    f" standardised facts draws them toward {_USUAL} and 0, since two dates of few large sales tell little of them; none but that of `time`"
    " falls below 0, so that more of a fact never means less to come. They are published with each run (`ScoringRun.forecastMethod`).",
    "`forForecast` is the place among all creators by that expectation, 0–100: the blend that best picks future net sales.",
    f"Median, probability of a sale and the {COVERAGE:.0%} interval follow from a hurdle on the same facts and the squared log of the"
    " expectation: a logistic regression of whether anything is sold, and a log-normal one, with a spread by level, of how much.",
    "A creator's expectation falls on brands and categories as the sales do that posts and products lead one to expect. The variance of a"
    " sum is the creators' own, as if they were independent, plus a share of the sum squared, since season, prices and a product's fate are"
    " common to them; both are learnt from how sums of replayed dates erred, and so is what newcomers add. To the common part comes how"
    " all sales moved from one 28 days to the next, and since dates are few, intervals are those of a Student's t.",
    "The newest replayed date is also forecast by the older ones alone, and held against what came: how many intervals held, how often"
    " those with each probability sold, and the error beside past GMV, the last month and the number of orders.",
    f"Where fewer than {FEWEST} creators of replayed dates sold anything, the expectation is that of the weights before learning, and"
    " no interval is claimed.",
    "Brands and partners have forecasts of their own: the same blend and hurdle on net sales of the last 7, 28 and 90 days and whether the"
    " last report counts no post, learnt region by region from those creators alone who consent to show exact sales. Of the others it goes"
    " by the middles of the published ranges, and is told as ranges whose ends lie half a decade further out. A brand's own forecast is the"
    " geometric mean of its past sales weighed by exp(-age / 28 days) and exp(-age / 120 days), without an interval.",
)
"""Published beside the methodology of the scores."""
