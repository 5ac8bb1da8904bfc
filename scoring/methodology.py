"""How every score is computed, as data that the declarations yield; nothing else defines it."""

from dataclasses import dataclass
from typing import Final

from scoring.components import Component
from scoring.formula import FORMULA, Formula
from scoring.indicator import Blend, Evidence, Indicator
from scoring.pooling import STRENGTH
from scoring.ranking.levels import BOUND

PRINCIPLES: Final = (
    "A value is shrunk toward the peers' by empirical Bayes: the less evidence, the nearer to the typical peer.",
    "Peers share region, window and category, and the follower tier where a component says so. A group leans on all categories of"
    f" its region, then on all regions, then on the declared prior: each counts as {STRENGTH:g} peers against the group's own.",
    "Points are the share of the peers' true values that lie below the shrunk value, 100 · Φ(z), or above it where less is better;"
    " 50 is the typical peer.",
    "A score is 50 plus the sum of weight · (points − 50), each cut to whole 4096ths, so that the sum is exact.",
    "A component without evidence gives its weight to the others, in proportion, and the explanation says so.",
    "Below the minimum evidence, or where components with too little weight have any, there is no score but a reason.",
    "The 90 % interval follows from the posterior variances of all components, whose errors are taken to correlate as declared.",
    "The true rank is uncertain as all peers' scores are: its expectation, its 90 % interval and the chance to be among the first k"
    " follow from everyone's posterior at once, on the scale of normal scores, errors of different creators taken as independent.",
    "Levels are the runs of the order by mean that keep the expected share of misordered pairs, among all pairs of peers, at"
    f" {BOUND:.0%} or below, and gain most with each pair of different levels worth its chance to be ordered rightly less two"
    " thirds (Kline, Rose and Walters 2024).",
    "Ranked by r-value (Henderson and Newton 2016), the first k, for any k, are those most likely among the true first k.",
    "Where events are too few, an indicator may stand on what the platform reports in sum; its basis is then REPORTED.",
)


@dataclass(frozen=True, slots=True)
class ComponentMethod:
    """How one component is measured, shrunk and weighed."""

    name: str
    meaning: str
    formula: str
    direction: str
    weight: float
    unit: str
    family: str
    shrinkage: str
    minimum: str
    prior: str
    groups: str
    degenerate: str
    source: str
    facts: tuple[str, ...]
    sensitive: bool


@dataclass(frozen=True, slots=True)
class IndicatorMethod:
    """How one indicator is computed; `reported` is what it stands on where events are too few."""

    name: str
    question: str
    formula: str
    minimum: str
    components: tuple[ComponentMethod, ...]
    reported: tuple[ComponentMethod, ...]
    reported_minimum: str | None
    overall_weight: float
    shared_error: float
    least_weight: float


@dataclass(frozen=True, slots=True)
class Methodology:
    """The whole methodology of one formula version; `overall` comes first among the indicators."""

    formula_version: str
    principles: tuple[str, ...]
    indicators: tuple[IndicatorMethod, ...]


def methodology(formula: Formula = FORMULA) -> Methodology:
    """Return how every indicator of `formula` is computed."""
    indicators = tuple(_indicator(one) for one in formula.indicators)
    return Methodology(formula.version, PRINCIPLES, (_blend(formula.blend, formula.indicators), *indicators))


def _indicator(indicator: Indicator) -> IndicatorMethod:
    reported = indicator.reported
    return IndicatorMethod(
        indicator.name,
        indicator.question,
        _sum([(one.name, one.weight) for one in indicator.components]),
        _minimum(indicator.minimum),
        tuple(_component(one) for one in indicator.components),
        () if reported is None else tuple(_component(one) for one in reported.components),
        None if reported is None else _minimum(reported.minimum),
        indicator.overall_weight,
        indicator.shared_error,
        indicator.least_weight,
    )


def _component(component: Component) -> ComponentMethod:
    return ComponentMethod(
        component.name,
        component.meaning,
        component.symbols,
        f"{component.better} is better",
        component.weight,
        component.unit or component.family,
        component.family,
        component.shrinkage,
        f"{component.least:g} of its evidence" if component.least else "any evidence",
        f"typical {component.typical:g}, spread {component.spread:g}; {component.grain}",
        "region, window, category and follower tier" if component.by_tier else "region, window and category",
        component.degenerate,
        component.source,
        tuple(sorted(component.facts)),
        component.sensitive,
    )


def _blend(blend: Blend, indicators: tuple[Indicator, ...]) -> IndicatorMethod:
    weighing = [one for one in indicators if one.overall_weight > 0]
    return IndicatorMethod(
        blend.name,
        blend.question,
        _sum([(one.name, one.overall_weight) for one in weighing]),
        f"{blend.least} indicators with a value",
        tuple(_part(one) for one in weighing),
        (),
        None,
        0.0,
        blend.shared_error,
        0.0,
    )


def _part(indicator: Indicator) -> ComponentMethod:
    return ComponentMethod(
        indicator.name,
        indicator.question,
        indicator.name,
        "higher is better",
        indicator.overall_weight,
        "points",
        "indicator",
        "none beyond the indicator's own",
        _minimum(indicator.minimum),
        "50 points",
        "as the indicator's",
        "no score: left out, its weight goes to the others",
        "declared",
        tuple(sorted(indicator.facts)),
        False,
    )


def _sum(weighted: list[tuple[str, float]]) -> str:
    counted = [(name, weight) for name, weight in weighted if weight > 0]
    total = sum(weight for _, weight in counted)
    return "50 + " + " + ".join(f"{weight / total:.3g} · (points({name}) − 50)" for name, weight in counted)


def _minimum(evidence: Evidence) -> str:
    return f"{evidence.least} {evidence.words}"
