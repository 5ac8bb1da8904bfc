"""A question that comes with the product, and the parameters that most of them share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, LiteralString

from graph.queries.parameters import Parameter, ParameterType


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its name, what it tells, and its Cypher, which runs as it is with the parameters' defaults.

    Time is counted back from the current scoring run's date, in whole UTC days; before the first run there are no rows.
    """

    name: str
    description: str
    text: LiteralString
    parameters: tuple[Parameter, ...]


def days(default: int, description: str = "Number of days to look back.") -> Parameter:
    """Return a parameter `$days`."""
    return Parameter("days", ParameterType.INT, description, default, least=1)


def at_least(name: str, default: float, description: str) -> Parameter:
    """Return a parameter for a bound below which rows are left out."""
    return Parameter(name, ParameterType.INT if isinstance(default, int) else ParameterType.FLOAT, description, default, least=0)


def at_most(name: str, default: int, description: str) -> Parameter:
    """Return a parameter for how many, or how far."""
    return Parameter(name, ParameterType.INT, description, default, least=1)


REGION: Final = Parameter("region", ParameterType.STRING, "Region of the creators; all if null.")
TOP: Final = at_most("top", 50, "Maximum number of rows.")
