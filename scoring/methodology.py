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
    "A component is a trait of the creator that nobody sees directly. Each reading is what one source says of it, with an error of its"
    " own: all of them speak, weighed by what they are worth.",
    "What a reading is worth is learnt in each run from creators of whom several readings speak: its bias α, its slope κ, the effect of"
    " covariates γ, and its noise. An anchor has no bias and slope 1: it gives the trait its unit.",
    f"Readings that share errors with others count for {SHARED:.0%} of what each says by its own model; counts of events that are all seen"
    " count in full. That part, and other worths that a reading states, are not learnt in a run: an error that all sources share makes them"
    " agree just as the trait does, so no half of the data tells it from the trait. They were set on simulated markets of two generators.",
    "Where the errors of a component's readings go together by ρ, each of the n that speak of a creator counts for 1 / (1 + ρ (n − 1)):"
    " together they say as much as n observations that correlate so.",
    "A reading that is a prior is no witness: it says what is to be expected of a creator, as was learnt before from what witnesses say."
    " Peers and constants are learnt without it, and each witness weighs against it.",
    "A value is shrunk toward the peers' by empirical Bayes: the less evidence, the nearer to the typical peer. The shape of the peers'"
    " distribution is learnt, not assumed.",
    "Peers share region, window and category. A group leans on all categories of its region, then on all regions, then on the declared"
    f" prior: each counts as {STRENGTH:g} peers against the group's own.",
    "Where a component has a floor, some peers stand right there, all alike: how many of each group is learnt with the rest. Where it"
    " lies is what the trait means, and is declared.",
    "Points are the expected share of peers whose true value lies below (above, where less is better), and half of those who are alike:"
    " 50 is the typical peer.",
    "A blend is the place of the weighted sum of its parts' places among the peers' sums. Its contributions are cut to whole 4096ths, so"
    " that 50 plus all of them is the score exactly.",
    "A component without evidence counts as a typical peer's, with all the doubt about one. Where no peer has evidence of it, because the"
    " sources do not carry it, the others take over its weight.",
    "Whoever has any evidence has a score, with a wide interval where there is little. Of whom events are known, but nothing of a trait,"
    " the score over all categories is any peer's, and as wide: it stands on PEERS. Without any evidence there is no score but a reason.",
    "The 90 % interval holds 90 % of the posterior of the place among peers.",
    "A score stands on EVENTS, on what the platform REPORTED in sum, or on both, FUSED; its explanation says how much each source weighed.",
    "Brands and partners see scores that are computed apart, region by region, from what they may see: open facts, exact sales of creators"
    " who consent, and of the others the geometric middle of the published range; promises, invitations and brands in fives; ratings from"
    " five on in half stars. Selling is then ln(orders) beyond what views of shoppable posts bring the peers, influence the share of the"
    " region's sales in the category.",
    "The true rank is uncertain as all peers' scores are: its expectation, its 90 % interval and the chance to be among the first k"
    " follow from everyone's posterior at once, on the scale of normal scores, errors of different creators taken as independent.",
    "Levels are the runs of the order by mean that keep the expected share of misordered pairs, among all pairs of peers, at"
    f" {BOUND:.0%} or below, and gain most with each pair of different levels worth its chance to be ordered rightly less two"
    " thirds (Kline, Rose and Walters 2024).",
    "What an event moved is the score less what it would be without the event: the creator's facts are made again without it, and all that"
    " is learnt of other creators and products is held. Events work together, so their points do not add up to the score.",
    "A run's drift in a fact or score is the population stability index Σ (p − q) ln(p / q) over the tenths of the run before and the"
    " unknown, less its mean by chance, (bins − 1)(1/n + 1/m). It counts only beyond what chance gives to any column once in a thousand"
    " runs (Yurdakul and Naranjo 2020).",
    "A group's difference at equal evidence is the mean of the differences within bins of evidence (1, 2–4, 5–9, 10–29, 30 and more)"
    " between its members and all others, weighed by its members.",
    "Ranked by r-value (Henderson and Newton 2016), the first k, for any k, are those most likely among the true first k.",
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
