"""How every score is computed, as data that the declarations yield; nothing else defines it."""

from dataclasses import dataclass
from typing import Final

from scoring.forecast.method import FORECAST
from scoring.formula import FORMULA, Formula
from scoring.indicator import Blend, Indicator
from scoring.ranking.levels import BOUND
from scoring.traits import Component, Reading
from scoring.traits.fitted import STRENGTH
from scoring.traits.readings import SHARED

PRINCIPLES: Final = (
    "A component is a trait of the creator that cannot be observed directly. Each reading is a measurement of it by one source, with its"
    " own error; all readings are combined, weighted by their reliability.",
    "The reliability of a reading is learnt in each run from creators with several readings: its bias α, its slope κ, the effect of"
    " covariates γ, and its noise. An anchor has no bias and slope 1: it defines the unit of the trait."
    " A reading in a unit of its own is placed so that its mean is the typical peer's, until creators with other readings tell more.",
    f"Readings that share errors with others count for {SHARED:.0%} of what their own model gives them; counts of events that are all known"
    " count in full. This share, like other weights that a reading declares, is not learnt in a run: an error common to all sources makes"
    " them agree just as the trait does, so the data cannot separate the two. It was set on simulated markets of two generators.",
    "Where the errors of a component's readings correlate by ρ, each of the n readings of a creator counts for 1 / (1 + ρ (n − 1)):"
    " together they count as much as n observations with that correlation.",
    "A reading that is a prior is not evidence: it is an expectation that was learnt before from other readings. Peers and constants are"
    " learnt without it, and evidence outweighs it.",
    "A value is shrunk toward the peers' by empirical Bayes: the less evidence, the closer to the typical peer. The shape of the peers'"
    " distribution is learnt, not assumed.",
    "Peers share region, window and category. A group borrows from all categories of its region, then from all regions, then from the"
    f" declared prior: each counts as {STRENGTH:g} peers in addition to the group's own.",
    "Where a component has a floor, some peers lie exactly at it: their share in each group is learnt, too. The floor itself follows from"
    " the meaning of the trait, and is declared.",
    "Points are the expected share of peers whose true value is lower (or higher, where less is better), plus half of those with an equal"
    " value: 50 is the typical peer.",
    "A blend is the rank of the weighted sum of its parts' ranks among the peers' sums. Its contributions are rounded to whole 4096ths, so"
    " that 50 plus all contributions equals the score exactly.",
    "A component without evidence counts as a typical peer's, with the full uncertainty about one. If no peer has evidence of it, because"
    " the sources do not contain it, its weight goes to the other components.",
    "A creator with any evidence has a score, with a wide interval if there is little. If events of the creator are known, but none about a"
    " trait, the score over all categories is that of an arbitrary peer, with the same width: its basis is PEERS. Without any evidence"
    " there is a reason instead of a score.",
    "The 90 % interval contains 90 % of the posterior of the rank among peers.",
    "A score is based on EVENTS, on totals that the platform REPORTED, or on both, FUSED; its explanation shows the weight of each source.",
    "Brands and partners see separate scores, computed region by region from what they may see: public facts, exact sales of creators who"
    " consent, and the geometric middle of the published range for the others; brands, promises and invitations rounded to multiples of"
    " five, and the mean of ratings to half stars. Promises, invitations and ratings count where five are with others than any one brand."
    " Sales ability is then ln(orders) beyond what views of shoppable posts bring the peers, and influence the share of the region's sales"
    " in the category.",
    "The true rank is as uncertain as all peers' scores: its expectation, its 90 % interval and the probability of being in the top k"
    " follow jointly from all posteriors, on the scale of normal scores, with errors of different creators taken as independent.",
    "Levels split the order by mean so that the expected share of misordered pairs, among all pairs of peers, is"
    f" {BOUND:.0%} or less, and maximise the sum, over pairs in different levels, of the probability of their order being right minus two"
    " thirds (Kline, Rose and Walters 2024).",
    "The effect of an event is the score minus the score without the event: the creator's facts are recomputed without it, while everything"
    " learnt from other creators and products stays unchanged. Events interact, so their points do not add up to the score.",
    "A run's drift in a fact or score is the population stability index Σ (p − q) ln(p / q) over the deciles of the previous run and"
    " unknown values, minus its mean under chance, (bins − 1)(1/n + 1/m). It counts only beyond what chance gives any column once in a"
    " thousand runs (Yurdakul and Naranjo 2020).",
    "A group's difference at equal evidence is the mean of the differences within bins of evidence (1, 2–4, 5–9, 10–29, 30 and more)"
    " between its members and all others, weighted by its members.",
    "Ranked by r-value (Henderson and Newton 2016), the first k, for any k, are the creators most likely to be in the true top k.",
)


@dataclass(frozen=True, slots=True)
class ReadingMethod:
    """What one source says of a trait, and the model of its error."""

    name: str
    meaning: str
    basis: str
    family: str
    formula: str
    facts: tuple[str, ...]
    anchor: bool
    sensitive: bool
    worth: float


@dataclass(frozen=True, slots=True)
class ComponentMethod:
    """How one component is read, shrunk and weighed."""

    name: str
    meaning: str
    direction: str
    weight: float
    unit: str
    scale: str
    prior: str
    groups: str
    facts: tuple[str, ...]
    sensitive: bool
    readings: tuple[ReadingMethod, ...]


@dataclass(frozen=True, slots=True)
class IndicatorMethod:
    """How one indicator is computed."""

    name: str
    question: str
    formula: str
    minimum: str
    components: tuple[ComponentMethod, ...]
    overall_weight: float


@dataclass(frozen=True, slots=True)
class Methodology:
    """The whole methodology of one formula version; `overall` comes first among the indicators."""

    formula_version: str
    principles: tuple[str, ...]
    indicators: tuple[IndicatorMethod, ...]
    forecast: tuple[str, ...] = FORECAST


def methodology(formula: Formula = FORMULA) -> Methodology:
    """Return how every indicator of `formula` is computed."""
    indicators = tuple(_indicator(one) for one in formula.indicators)
    return Methodology(formula.version, PRINCIPLES, (_blend(formula.blend, formula.indicators), *indicators))


def _indicator(indicator: Indicator) -> IndicatorMethod:
    return IndicatorMethod(
        indicator.name,
        indicator.question,
        _sum([(one.name, one.weight) for one in indicator.components]),
        indicator.needs,
        tuple(_component(one) for one in indicator.components),
        indicator.overall_weight,
    )


def _component(component: Component) -> ComponentMethod:
    return ComponentMethod(
        component.name,
        component.about,
        f"{component.better} is better",
        component.weight,
        component.unit or component.scale,
        component.scale,
        f"typical {component.typical:g}, spread {component.spread:g} on the {component.scale} scale"
        + ("" if component.floor is None else f", floor {component.floor:g}")
        + (f", errors of readings go together by ρ = {component.alike:g}" if component.alike else ""),
        "region, window and category",
        tuple(sorted(component.facts)),
        any(reading.sensitive for reading in component.readings),
        tuple(_reading(one) for one in component.readings),
    )


def _reading(reading: Reading) -> ReadingMethod:
    return ReadingMethod(
        reading.name,
        reading.about,
        reading.basis,
        reading.family,
        reading.formula,
        tuple(sorted(reading.facts)),
        reading.anchor,
        reading.sensitive,
        reading.worth,
    )


def _blend(blend: Blend, indicators: tuple[Indicator, ...]) -> IndicatorMethod:
    weighing = [one for one in indicators if one.overall_weight > 0]
    return IndicatorMethod(
        blend.name,
        blend.question,
        _sum([(one.name, one.overall_weight) for one in weighing]),
        "a value of any indicator",
        tuple(_part(one) for one in weighing),
        0.0,
    )


def _part(indicator: Indicator) -> ComponentMethod:
    return ComponentMethod(
        indicator.name,
        indicator.question,
        "higher is better",
        indicator.overall_weight,
        "points",
        "indicator",
        "50 points",
        "as the indicator's",
        tuple(sorted(indicator.facts)),
        False,
        (),
    )


def _sum(weighted: list[tuple[str, float]]) -> str:
    counted = [(name, weight) for name, weight in weighted if weight > 0]
    total = sum(weight for _, weight in counted)
    if len(counted) == 1:
        return f"points({counted[0][0]})"
    return "place of " + " + ".join(f"{weight / total:.3g} · points({name})" for name, weight in counted)
