"""How a score went."""

# Enums and connections are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from typing import Final

import strawberry

from api.graphql.types.enums import named
from api.graphql.types.fields import BY, argument, planned
from api.graphql.types.scalars import DateTime

Every: Final = named(
    "Every",
    "Length of the periods of a history, in UTC.",
    {"DAY": ("DAY", "Days."), "WEEK": ("WEEK", "Weeks, from Monday."), "MONTH": ("MONTH", "Months.")},
)


@strawberry.type(description="A score from the last scoring run of a period.")
class HistoryPoint:
    """Over all categories and 90 days."""

    as_of: DateTime = planned("The run's date.")
    value: float | None = planned("The score, 0–100; null where there was none.")
    low: float | None = planned("Lower end of the 90 % interval; null without a value.")
    high: float | None = planned("Upper end of the 90 % interval; null without a value.")
    formula_version: str = planned("Version of the formulas used.")
    formula_changed: bool = planned(
        "Whether the formula version differs from the previous point, so that the change may be due to the formula."
    )


HISTORY: Final = planned(
    "The history of a score over all categories and 90 days, oldest first. It reaches further back than the stored runs: one "
    "run a day for three months, one a week for two years, then one a month. Empty before the first run. Null, with an error, "
    "if an argument is invalid.",
    BY,
    argument("every", Every, "One point for each period that had a run, taken from the last run in it.", Every["DAY"]),
    argument("last", int, "Maximum number of points, counted from the newest.", 90),
)
