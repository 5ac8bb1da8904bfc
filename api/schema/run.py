"""Scoring runs."""

# Enums and connections are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from typing import Any

import strawberry

from api.schema.enums import RunStatus
from api.schema.forecast import ForecastMethod
from api.schema.node import Node
from api.schema.page import connection
from api.schema.planned import planned
from api.schema.scalars import DateTime


@strawberry.type(description="What a scoring run was computed from, signed, so that its ratings can be proven.")
class Manifest:
    """`creatorgraph verify` checks an export against it."""

    text: str = planned(
        "Canonical JSON: SHA-256 digests of the events read, the fit and the declarations, the formula's version, the as-of date,"
        " the scores and facts in order, and the package's version."
    )
    signature: str = planned("Ed25519 signature of the text in UTF-8, in hexadecimal digits.")
    public_key: str = planned("The public key that verifies it, in hexadecimal digits.")


@strawberry.type(description="One computation of all scores: the same data and date give the same scores.")
class ScoringRun(Node):
    """Readers see the last whole run until the next is complete."""

    as_of: DateTime | None = planned("What was known until then counts; null where unknown.")
    status: RunStatus = planned("Where it stands.")
    formula_version: str | None = planned("Version of the formulas; null where unknown.")
    started_at: DateTime | None = planned("When computing began; null where unknown.")
    published_at: DateTime | None = planned("When readers began to see it; null before.")
    forecast_method: ForecastMethod | None = planned(
        "How its forecasts were learnt, and how they would have done; null where it was made before runs forecast."
    )
    manifest: Manifest | None = planned("What it was computed from, signed; null where it was made before runs were signed.")


ScoringRunConnection: Any = connection(ScoringRun)
