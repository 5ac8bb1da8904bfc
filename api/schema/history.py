"""How a score went."""

# Enums and connections are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from typing import Final

import strawberry

from api.schema.enums import named
from api.schema.planned import BY, argument, planned
from api.schema.scalars import DateTime

Every: Final = named(
    "Every",
    "How long the periods of a history are, in UTC.",
    {"DAY": ("DAY", "Days."), "WEEK": ("WEEK", "Weeks, from Monday."), "MONTH": ("MONTH", "Months.")},
)


@strawberry.type(description="A score as the last scoring run of a period said it.")
class HistoryPoint:
    """Over all categories and 90 days."""

    as_of: DateTime = planned("The run's date.")
    value: float | None = planned("The score, 0–100; null where there was none.")
    low: float | None = planned("Lower end of the 90 % interval; null without a value.")
    high: float | None = planned("Upper end of the 90 % interval; null without a value.")
    formula_version: str = planned("Version of the formulas that it was computed by.")
    formula_changed: bool = planned("Whether that is another than the point before has: what changed may be the formula.")


HISTORY: Final = planned(
    "How a score over all categories and 90 days went, the oldest first. It reaches further back than the stored runs: one run a day"
    " for three months, one a week for two years, then one a month. Empty before the first run."
    " Null, with an error, where an argument is refused.",
    BY,
    argument("every", Every, "One point for each period that had a run, the last one's.", Every["DAY"]),
    argument("last", int, "How many points at most, the newest.", 90),
)
