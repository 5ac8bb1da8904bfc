"""How scores are computed, straight from the declaration."""

# Enums and connections are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

import strawberry

from api.schema.enums import Indicator
from api.schema.planned import planned


@strawberry.type(description="How one component is measured, shrunk and weighed.")
class ComponentMethod:
    """Nothing else defines it."""

    name: str = planned("Name, as explanations use it.")
    meaning: str = planned("What it measures.")
    formula: str = planned("How, in symbols.")
    direction: str = planned("Whether more or less is better.")
    weight: float = planned("Weight within the indicator; zero where it is shown beside only.")
    unit: str = planned("Unit of raw value, shrunk value and peer median.")
    family: str = planned("Kind of quantity, which decides how it is shrunk.")
    shrinkage: str = planned("How it is pulled toward the peers'.")
    minimum: str = planned("Evidence below which it is left out.")
    prior: str = planned("What is believed before any peer is seen.")
    groups: str = planned("Who the peers are.")
    degenerate: str = planned("What happens where it cannot be computed.")
    source: str = planned("Where the formula comes from.")
    facts: list[str] = planned("Columns of facts that it reads.")
    sensitive: bool = planned("Whether its raw value tells exact sales.")


@strawberry.type(description="How one indicator is computed.")
class IndicatorMethod:
    """As declared."""

    indicator: Indicator = planned("The indicator.")
    name: str = planned("Its name in snake case.")
    question: str = planned("The question that it answers.")
    formula: str = planned("How components make the score.")
    minimum: str = planned("Evidence below which there is no score.")
    components: list[ComponentMethod] = planned("What it is made of.")
    reported: list[ComponentMethod] = planned("What it stands on where events are too few; empty where nothing is reported for it.")
    reported_minimum: str | None = planned("Evidence needed for that; null where nothing is reported for it.")
    overall_weight: float = planned("Weight within `overall`.")
    shared_error: float = planned("Correlation that its components' errors are taken to have.")


@strawberry.type(description="How all scores are computed.")
class Methodology:
    """Generated from the declaration that the scores are computed from."""

    formula_version: str = planned("Changes with every change of a formula.")
    principles: list[str] = planned("What holds for all scores.")
    indicators: list[IndicatorMethod] = planned("All indicators, `OVERALL` first.")
