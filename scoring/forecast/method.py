"""How net GMV of the next 28 days is forecast, in words."""

from __future__ import annotations

from typing import Final

from scoring.forecast.forecast import COVERAGE, FEWEST
from scoring.forecast.history import DAYS, MEANINGS, USUAL
from scoring.forecast.hurdle import RIDGE
from scoring.forecast.pieces import MEANINGS as PIECES
from scoring.forecast.refunds import WEEKS
from scoring.forecast.replays import DATES

_USUAL: Final = ", ".join(f"{weight:g} × `{name}`" for name, weight in zip(MEANINGS, USUAL[1:].tolist(), strict=True) if weight)

FORECAST: Final = (
    f"The forecast is a creator's net GMV over the {DAYS} days after the run's date, from all known content and products, in US dollars.",
    f"To learn, each run goes back to up to {DATES} earlier dates, {DAYS} days apart, and uses only what was known on each: orders, posts"
    " and reports by their own times, and content that is known only from an order from the time of that order. The content counted by a"
    " plan is spread evenly over the plan's duration. Followers, views and refunds are today's. The sales after each date are the target.",
    f"Recent sales are counted as they will stand once refunds are in. The share that is kept of an order line is estimated by its age in"
    f" whole weeks, up to {WEEKS}, and never rises with age; a line of a given age is multiplied by the share kept of the oldest lines over"
    " that of its age.",
    "A hurdle model gives the distribution: a logistic regression for whether anything is sold, with probability p, and a log-normal model"
    " for how much, with a log amount m and a deviation s that depends on m. The expected value is k × p × exp(m + s²/2), where k makes the"
    " expected values on the earlier dates add up to the actual sales, and s counts only up to the point beyond which a higher m would"
    " lower the expected value. The log odds of p and m are linear in the same facts: "
    + "; ".join(f"`{name}`, {meaning}" for name, meaning in (MEANINGS | PIECES).items())
    + f". The default expectation is the exponential of a weighted sum of facts: {_USUAL}. A ridge penalty of {RIDGE:g} on the standardised"
    " facts pulls m toward the default expectation and all other weights toward 0, because two dates contain little information. No weight"
    " except that of `time` can be negative, so a higher fact never lowers the forecast. Each run publishes its weights"
    " (`ScoringRun.forecastMethod`).",
    "`forForecast` is a creator's percentile (0–100) by expected value. It is the combination of facts that best selects creators by"
    " future net sales.",
    f"The median, the probability of a sale and the {COVERAGE:.0%} interval come from the same distribution. The interval always contains"
    " the median. The expected value is the figure to add up over creators: rare large sales put it above the interval of some of them.",
    "A creator's expected value is distributed over brands and categories in proportion to the sales that their posts and products"
    " suggest. The variance of a total is the sum of the creators' variances, as if they were independent, plus a share of the total"
    " squared, because season, prices and the success of a product affect all of them. Both parts are estimated from the errors of totals"
    " on earlier dates, as is the amount that new creators add. The common part also includes how much total sales changed from one"
    " 28-day period to the next. As there are few such periods, intervals use Student's t distribution. They always contain the expected"
    " value.",
    "The latest of the earlier dates is also forecast from the ones before it and compared with actual sales: how many intervals"
    " contained the result, how many creators with each probability had a sale, and the error next to that of past GMV, the last month"
    " and the number of orders.",
    f"If fewer than {FEWEST} creators sold anything on the earlier dates, the forecast uses the default weights and has no interval.",
    "Brands and partners get separate forecasts: the same model on net sales of the last 7, 28 and 90 days and on whether the last report"
    " has no posts, estimated for each region from the creators who consent to show exact sales. For all other creators it uses the"
    " middle of the published ranges, and the result is shown as a range that is extended by half a decade at each end. A brand's own"
    " forecast is made from its own sales alone and is log-normal. The median is the geometric mean of its past sales weighted by"
    " exp(-age / 28 days) and by exp(-age / 120 days). The variance of the log is 10 / n + 1.2 / m, at most 1.5, where n and m are the"
    " effective numbers (Σw)² / Σw² of its sales and of its creators, and the 80 % interval reaches 1.35 deviations to either side.",
)
"""Published beside the methodology of the scores."""
