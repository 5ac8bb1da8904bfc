"""One market's scores beside what was planted and beside those whom the product is compared to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from validation.markets import Case, Rival, Shares
from validation.measures import Cover, Difference, agreement, coverage, coverage_by_evidence, differences, percentiles, share_of_best
from validation.planted import TRAIT_OF, Flags, Floats, Planted
from validation.product import Scores

SCORES: Final = (*TRAIT_OF, "influence")
RANKED_BY: Final = ("overall", "forForecast", "salesAbility", "influence")
TIERS: Final = ((0, 5_000), (5_000, 25_000), (25_000, 10**12))
RICH: Final = 30
"""Orders from which on a creator counts as one of many."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Rank correlation with the trait over all creators, and among those of thirty orders or more; NaN where there is none."""

    whole: float = float("nan")
    rich: float = float("nan")


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one score stands on one market."""

    score: str
    scored: float
    product: Agreement
    plain: Agreement
    plain_name: str
    told: Agreement
    every_event: Agreement
    cover: Cover
    by_evidence: list[Cover]


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a market's scores stand; `best` is the share of expected sales that the best hold, by what they are picked by.

    `forecast` says how often 80 % intervals of the next 28 days held what came.
    """

    name: str
    form: str
    creators: int
    verdicts: dict[str, Verdict]
    best: dict[str, float]
    plain_best: dict[str, float]
    rival_best: dict[str, float]
    forecast: Cover
    unfair: dict[str, list[Difference]]
    seconds: dict[str, float] = field(default_factory=dict[str, float])

    @property
    def scored(self) -> float:
        """The mean share of creators scored, over the scores."""
        return float(np.mean([verdict.scored for verdict in self.verdicts.values()]))

    @property
    def product_best(self) -> float:
        """What the best by the product's forecast hold, or by `overall` where there is no forecast."""
        return self.best.get("forForecast", self.best["overall"])


def compared(case: Case, scores: Scores) -> Comparison:
    """Hold a run's scores against the truth of the market that it was given."""
    place = _places(case.planted, scores)
    known = np.zeros(len(case.planted), dtype=np.bool_)
    known[place[place >= 0]] = True
    rich = known & (case.planted.orders >= RICH)
    by = {name: _spread(score.value, place, len(case.planted)) for name, score in scores.of.items()}
    return Comparison(
        name=case.name,
        form=case.form,
        creators=int(known.sum()),
        verdicts={name: _verdict(name, case, scores, place, known, rich) for name in TRAIT_OF}
        | {"influence": _influence(case, scores, place)},
        best={name: share_of_best(by[name], case.planted.expected) for name in RANKED_BY if name in by},
        plain_best={name: share_of_best(values, case.planted.expected) for name, values in case.rankings.items()},
        rival_best={
            name: share_of_best(rival.ranking, case.planted.expected)
            for name, rival in (("told the nuisances", case.told), ("every event", case.whole))
            if rival is not None and rival.ranking is not None
        },
        forecast=_forecast(case, scores, place),
        unfair={name: _differences(name, case, scores, place) for name in TRAIT_OF},
        seconds=scores.seconds,
    )


def _forecast(case: Case, scores: Scores, place: np.ndarray) -> Cover:
    """Hold intervals against net sales of the 28 days after, refunds of earlier ones not counted against them."""
    low, high = (_spread(each, place, len(case.planted)) for each in (scores.ahead.low, scores.ahead.high))
    return coverage(low, high, np.maximum(case.planted.future, 0.0))


def _places(planted: Planted, scores: Scores) -> np.ndarray:
    """Return the planted creator of each scorecard, -1 where there is none."""
    by_id = {id_: at for at, id_ in enumerate(planted.ids)}
    found = [
        by_id.get(id_, planted.place(handle, region))
        for id_, handle, region in zip(scores.ids, scores.handles, scores.regions, strict=True)
    ]
    return np.array([-1 if each is None else each for each in found], dtype=np.int64)


def _spread(values: Floats, place: np.ndarray, size: int) -> Floats:
    """Return the scorecards' values by planted creator."""
    out = np.full(size, np.nan)
    out[place[place >= 0]] = values[place >= 0]
    return out


def _verdict(name: str, case: Case, scores: Scores, place: np.ndarray, known: Flags, rich: Flags) -> Verdict:  # noqa: PLR0913 - one score on one market
    planted, size = case.planted, len(case.planted)
    true = percentiles(np.where(known, planted.trait_of(name), np.nan), planted.regions)

    def holds(places: Floats) -> Agreement:
        return Agreement(agreement(places, true, known), agreement(places, true, rich))

    def agrees(values: Floats) -> Agreement:
        """Hold places among a region's creators against each other, since that is what a score tells."""
        return holds(percentiles(np.where(known, values, np.nan), planted.regions))

    score = scores.of[name]
    value, low, high, evidence = (_spread(each, place, size) for each in (score.value, score.low, score.high, score.evidence))
    best = max(case.figures[name], key=lambda figure: np.nan_to_num(agrees(case.figures[name][figure]).whole, nan=-1.0))
    evident = known & _evident(name, case)
    return Verdict(
        name,
        float(np.isfinite(value[evident]).mean()) if evident.any() else float("nan"),
        holds(np.where(known, value, np.nan)),
        agrees(case.figures[name][best]),
        best,
        _agreement_of(case.told, name, agrees),
        _agreement_of(case.whole, name, agrees),
        coverage(low, high, true),
        coverage_by_evidence(low, high, true, evidence),
    )


def _evident(name: str, case: Case) -> Flags:
    """Tell of whom the files say anything that bears on a score; of promises, none kept says something too."""
    figures = np.stack(list(case.figures[name].values()))
    return (np.isfinite(figures) & ((figures != 0) | (name == "cooperation"))).any(axis=0)


def _agreement_of(rival: Rival | None, name: str, agrees: Callable[[Floats], Agreement]) -> Agreement:
    return Agreement() if rival is None else agrees(rival.scores[name])


def _influence(case: Case, scores: Scores, place: np.ndarray) -> Verdict:
    """Hold influence in a category against the expected share of a region's category.

    Over the creators and categories that the files tie by anything: who is known in none of a category's posts, plans or sales has no
    score there, and a plain share of sales has none either.
    """
    planted = case.planted
    told = {(int(place[at]), category): row for (at, category), row in scores.influence.items() if place[at] >= 0}
    keys = [key for key in planted.shares if key in told or key in case.figure_shares]
    share = np.array([planted.shares[key] for key in keys])
    rich = np.array([planted.orders[who] >= RICH for who, _ in keys])
    sold = np.array([key in case.figure_shares for key in keys])
    value, low, high, evidence = (np.array([told[key][at] if key in told else np.nan for key in keys]) for at in range(4))
    peers = [f"{planted.regions[who]} {category}" for who, category in keys]
    true = percentiles(share, peers)

    def placed(values: Floats) -> Agreement:
        places = percentiles(values, peers)
        return Agreement(agreement(places, true), agreement(places, true, rich))

    def agrees(shares: Shares | None) -> Agreement:
        return placed(np.array([shares.get(key, 0.0) for key in keys])) if shares else Agreement()

    return Verdict(
        "influence",
        float(np.isfinite(value[sold]).mean()) if sold.any() else float("nan"),
        placed(np.nan_to_num(value)),
        agrees(case.figure_shares),
        "share of the category's sales",
        agrees(case.told.shares if case.told else None),
        agrees(case.whole.shares if case.whole else None),
        coverage(low, high, true),
        coverage_by_evidence(low, high, true, evidence),
    )


def _differences(name: str, case: Case, scores: Scores, place: np.ndarray) -> list[Difference]:
    """Return how groups differ whose trait is the same: by region, tier, main category, and newcomers."""
    planted, size, score = case.planted, len(case.planted), scores.of[name]
    value, low, high = (_spread(each, place, size) for each in (score.value, score.low, score.high))
    true = percentiles(np.where(np.isfinite(value), planted.trait_of(name), np.nan), planted.regions)
    shown = percentiles(value, planted.regions)
    return differences(shown, (high - low) / 2, true, _groups(planted))


def _groups(planted: Planted) -> dict[str, Flags]:
    regions, main = np.array(planted.regions), _main_categories(planted)
    return (
        {f"region {code}": regions == code for code in dict.fromkeys(planted.regions)}
        | {f"{low:,} followers or more": (planted.followers >= low) & (planted.followers < high) for low, high in TIERS}
        | {f"category {category}": main == category for category in sorted(set(main.tolist()) - {""})}
        | {"newcomers": planted.newcomers}
    )


def _main_categories(planted: Planted) -> np.ndarray:
    best: dict[int, tuple[float, str]] = {}
    for (who, category), share in planted.shares.items():
        best[who] = max(best.get(who, (0.0, "")), (share, category))
    return np.array([best.get(who, (0.0, ""))[1] for who in range(len(planted))])
