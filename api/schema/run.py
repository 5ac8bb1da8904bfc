"""Scoring runs."""

# Enums and connections are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from typing import Any

import strawberry

from api.schema.enums import RunStatus
from api.schema.node import Node
from api.schema.page import connection
from api.schema.planned import planned
from api.schema.scalars import DateTime


@strawberry.type(description="One computation of all scores: the same data and date give the same scores.")
class ScoringRun(Node):
    """Readers see the last whole run until the next is complete."""

    as_of: DateTime | None = planned("What was known until then counts; null where unknown.")
    status: RunStatus = planned("Where it stands.")
    formula_version: str | None = planned("Version of the formulas; null where unknown.")
    started_at: DateTime | None = planned("When computing began; null where unknown.")
    published_at: DateTime | None = planned("When readers began to see it; null before.")


ScoringRunConnection: Any = connection(ScoringRun)
