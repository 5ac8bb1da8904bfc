"""How scores are computed, straight from the declaration."""

# Enums and connections are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

import strawberry

from api.graphql.types.enums import Basis, Indicator
from api.graphql.types.fields import planned


@strawberry.type(description="One source's reading of a component's trait, and the model of its error.")
class ReadingMethod:
    """Its constants are learnt in each run."""

    name: str = planned("Name, as explanations use it.")
    meaning: str = planned("What the source reports.")
    basis: Basis = planned("EVENTS, or REPORTED for totals reported by the platform.")
    family: str = planned("Kind of observation.")
    formula: str = planned("The observation as a random variable of the trait θ.")
    facts: list[str] = planned("Columns of facts that it uses.")
    anchor: bool = planned("Whether it gives the trait its unit: without bias, with slope 1.")
    sensitive: bool = planned("Whether its raw value reveals exact sales.")
    worth: float = planned("Its weight relative to its model, 0–1: less than 1 where it shares errors with other readings.")


@strawberry.type(description="How one component is read, shrunk and weighed.")
class ComponentMethod:
    """Nothing else defines it."""

    name: str = planned("Name, as explanations use it.")
    meaning: str = planned("What it measures.")
    direction: str = planned("Whether more or less is better.")
    weight: float = planned("Weight within the indicator; zero if it is shown for information only.")
    unit: str = planned("Unit of raw value, shrunk value and peer median.")
    scale: str = planned("Scale of the trait: log, logit or plain.")
    prior: str = planned("The prior, before any peer is seen.")
    groups: str = planned("Who the peers are.")
    facts: list[str] = planned("Columns of facts that its readings use.")
    sensitive: bool = planned("Whether any of its raw values reveals exact sales.")
    readings: list[ReadingMethod] = planned("Its reading by each source; empty for the parts of `OVERALL`.")


@strawberry.type(description="How one indicator is computed.")
class IndicatorMethod:
    """As declared."""

    indicator: Indicator = planned("The indicator.")
    name: str = planned("Its name in snake case.")
    question: str = planned("The question that it answers.")
    formula: str = planned("How components are combined into the score.")
    minimum: str = planned("Minimum evidence for a score.")
    components: list[ComponentMethod] = planned("Its components.")
    overall_weight: float = planned("Weight within `overall`.")


@strawberry.type(description="How all scores are computed.")
class Methodology:
    """Generated from the declaration that the scores are computed from."""

    formula_version: str = planned("Changes with every change of a formula.")
    principles: list[str] = planned("What applies to all scores.")
    forecast: list[str] = planned("How net GMV of the next 28 days is forecast, and how `forForecast` is computed.")
    indicators: list[IndicatorMethod] = planned("All indicators, `OVERALL` first.")
