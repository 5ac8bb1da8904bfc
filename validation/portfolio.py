"""What portfolios sell, held against simple ways of choosing and against the best in hindsight, at equal budget.

`python -m validation.portfolio` prints a table of simulated markets; with `--learn` it prints the correlations of errors that
`scoring.portfolio.total` should assume, to be learnt on other markets than those of the table. Nothing here needs a database. The markets
know no buyers who see one product twice: what two creators sell adds up. So the discount for overlap can only cost here, and is measured
for that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from api.runs.outward import outward
from scoring.facts import Market, Period, market
from scoring.facts.arrays import sums
from scoring.facts.sold import sold
from scoring.forecast import outlook
from scoring.outward import USD_BOUNDS, middles
from scoring.portfolio import CORRELATION, CORRELATION_OF_RANGES, Choice, best, greedy, overlap, range_of, spread, total
from scoring.portfolio.greedy import by_return, by_worth, chosen_by
from scoring.recommendations.audience import Shares
from scoring.solved.selling import selling
from scoring.tables import Floats, Ints
from simulation import Market as Simulated
from simulation import market as simulated
from validation.arguments import seeded
from validation.by_seed import means
from validation.event_tables import event_tables

BRIEFS: Final = 12
"""Sets of candidates drawn from each market."""
CANDIDATES: Final = 60
SAMPLE_USD: Final = 30.0
FEE_PER_FOLLOWER: Final = 0.005
"""Assumed: a fee of 5 dollars for each 1,000 followers, and a sample of 30."""
BUDGETS: Final = (0.05, 0.15)
"""Parts of what all candidates together cost."""
DISCOUNT: Final = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """A market's creators, a row each: what is forecast, as analysts and as brands see it, what was sold, and what came."""

    expected: Floats
    low: Floats
    high: Floats
    told: Floats
    told_low: Floats
    told_high: Floats
    past: Floats
    cost: Floats
    came: Floats
    audiences: Sequence[Mapping[str, Shares]]
    shown: Floats
    """Whether a creator showed a product [creators × products]."""


class Outcome(NamedTuple):
    """One choice: what came of it, that as part of the best in hindsight, and expectations of those chosen with their ends, if any."""

    way: str
    came: float
    share: float
    forecasts: tuple[Floats, Floats, Floats] | None

    def held(self, correlation: float) -> bool:
        """Tell whether the interval of the total held what came."""
        assert self.forecasts is not None, "there is no interval without forecasts"
        expected, low, high = self.forecasts
        of = total(expected, low, high, correlation=np.full(len(expected), correlation))
        return of.low <= self.came <= of.high


PORTFOLIO: Final = "portfolio, no discount"
OF_RANGES: Final = "portfolio of what brands see"
CORRELATIONS: Final = {PORTFOLIO: CORRELATION, OF_RANGES: CORRELATION_OF_RANGES}
"""By the choices that have intervals."""
COVERAGE: Final = 0.8


def figures(outcomes: Sequence[Outcome]) -> dict[str, float]:
    """Return by way of choosing the mean part of the best possible net sales; of portfolios, how far forecasts and intervals held."""
    found = {
        way: float(np.mean([each.share for each in outcomes if each.way == way])) for way in dict.fromkeys(each.way for each in outcomes)
    }
    for way, correlation in CORRELATIONS.items():
        own = [(each, each.forecasts[0].sum()) for each in outcomes if each.way == way and each.forecasts]
        found[f"{way}: what came over what was expected"] = sum(each.came for each, _ in own) / float(sum(expected for _, expected in own))
        found[f"{way}: 80 % intervals that held"] = float(np.mean([each.held(correlation) for each, _ in own]))
    return found


def learnt(outcomes: Sequence[Outcome]) -> dict[str, float]:
    """Return by way of choosing the least correlation, in hundredths, at which 80 % of the totals' intervals hold."""
    found: dict[str, float] = {}
    for way in CORRELATIONS.keys() & {each.way for each in outcomes}:
        own = [each for each in outcomes if each.way == way]
        held = ((step / 100, np.mean([each.held(step / 100) for each in own])) for step in range(101))
        found[way] = next((correlation for correlation, part in held if part >= COVERAGE), float("nan"))
    return found


def outcomes(seed: int, *, creators: int = 1_000, days: int = 180) -> list[Outcome]:
    """Return what came of each choice, for each set of candidates and each budget."""
    known, rng = _known(simulated(seed, creators=creators, days=days)), np.random.default_rng(seed)
    drawn = [rng.choice(np.flatnonzero(np.isfinite(known.expected)), CANDIDATES, replace=False) for _ in range(BRIEFS)]
    return [each for rows in drawn for part in BUDGETS for each in of_candidates(known, np.sort(rows), part)]


def of_candidates(known: Known, rows: Ints, part: float) -> Iterator[Outcome]:
    """Yield what came of each way to choose among some rows, for a part of what all of them together cost."""
    cost, came = known.cost[rows], np.maximum(known.came[rows], 0.0)
    budget = part * float(cost.sum())
    shared = overlap([known.audiences[row] for row in rows.tolist()], known.shown[rows] @ known.shown[rows].T)

    def choice(value: Floats, weight: float = 0.0) -> Choice:
        return Choice(np.nan_to_num(value), cost, shared, weight, budget)

    hindsight = float(came[_chosen(choice(came))].sum())
    expected, told, past = known.expected[rows], known.told[rows], known.past[rows]
    chosen = {
        PORTFOLIO: _chosen(choice(expected)),
        f"portfolio, discount {DISCOUNT:g}": _chosen(choice(expected, DISCOUNT)),
        OF_RANGES: _chosen(choice(spread(told))),
        "the same by the middles of ranges": _chosen(choice(middles(told, USD_BOUNDS))),
        "greedy by forecast": chosen_by(choice(expected), by_worth),
        "greedy by forecast over cost": chosen_by(choice(expected), by_return),
        "greedy by outward forecast": chosen_by(choice(told), by_worth),
        "greedy by past net sales": chosen_by(choice(past), by_worth),
        "greedy by past net sales over cost": chosen_by(choice(past), by_return),
    }
    forecasts = {
        PORTFOLIO: (expected, known.low[rows], known.high[rows]),
        OF_RANGES: (spread(told), range_of(known.told_low[rows])[0], range_of(known.told_high[rows])[1]),
    }
    for way, found in chosen.items():
        sold, of = float(came[found].sum()), forecasts.get(way)
        yield Outcome(way, sold, sold / hindsight, None if of is None else (of[0][found], of[1][found], of[2][found]))


def _chosen(choice: Choice) -> Ints:
    found = best(choice)
    assert found is not None, "there is no bound but the budget"
    start = greedy(choice)
    assert start is not None
    assert found.worth >= choice.total(start), "a portfolio is worth less than the greedy choice"
    return found.chosen


def _known(made: Simulated) -> Known:
    tables, period = event_tables(made), Period(made.world.period.end)
    seen, people = market(tables, period), made.world.people
    ids = people.id.tolist()
    consenting = frozenset(id_ for id_, consents in zip(ids, people.consent.tolist(), strict=True) if consents)
    out = outward(tables, period, consenting)
    ahead = outlook(seen, selling(seen)).creators
    place = {id_: row for row, id_ in enumerate(seen.creators.id.tolist())}
    rows = np.array([place[id_] for id_ in ids])
    told = {
        id_: ends for each in out.ahead for id_, *ends in zip(each.creators, each.said.expected, each.said.low, each.said.high, strict=True)
    }
    told_expected, told_low, told_high = np.array([told[id_] for id_ in ids]).T
    return Known(
        expected=ahead.expected[rows],
        low=ahead.low[rows],
        high=ahead.high[rows],
        told=told_expected,
        told_low=told_low,
        told_high=told_high,
        past=_past(seen)[rows],
        cost=SAMPLE_USD + FEE_PER_FOLLOWER * people.followers.astype(np.float64),
        came=made.world.future.net,
        audiences=_audiences(made, ids),
        shown=_shown(made, ids),
    )


def _past(seen: Market) -> Floats:
    """Return net sales over all the history, by creator."""
    creator, _, net, _ = sold(seen)
    return sums(creator, net, len(seen.creators.id))


def _audiences(made: Simulated, ids: Sequence[str]) -> list[dict[str, dict[str, float]]]:
    found: dict[str, dict[str, dict[str, float]]] = {id_: {} for id_ in ids}
    columns = [made["audiences"][name].to_pylist() for name in ("creator_id", "dimension", "bucket", "share")]
    for creator, dimension, bucket, share in zip(*columns, strict=True):
        found[creator].setdefault(dimension, {})[bucket] = share
    return list(found.values())


def _shown(made: Simulated, ids: Sequence[str]) -> Floats:
    place = {id_: row for row, id_ in enumerate(ids)}
    owner = dict(zip(made["contents"]["id"].to_pylist(), made["contents"]["creator_id"].to_pylist(), strict=True))
    products = {id_: column for column, id_ in enumerate(made["products"]["id"].to_pylist())}
    shown = np.zeros((len(ids), len(products)))
    for content, product in zip(made["features"]["content_id"].to_pylist(), made["features"]["product_id"].to_pylist(), strict=True):
        shown[place[owner[content]], products[product]] = 1.0
    return shown


def page(seeds: Sequence[int], found: Sequence[dict[str, float]]) -> str:
    """Return a table of figures in Markdown: a row a way of choosing, a column a seed."""
    return means("way of choosing", seeds, found, told="{:.3f}".format)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = seeded(__doc__, seeds=(1, 2, 3, 4), days=180)
    parser.add_argument("--learn", action="store_true", help="print correlations at which intervals hold, instead of the table")
    given = parser.parse_args(arguments)
    found = [outcomes(seed, creators=given.creators, days=given.days) for seed in given.seeds]
    print(learnt([each for market in found for each in market]) if given.learn else page(given.seeds, [figures(each) for each in found]))


if __name__ == "__main__":
    main()
