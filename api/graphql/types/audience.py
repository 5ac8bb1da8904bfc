"""Audiences."""

# Enums and connections are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

import strawberry

from api.graphql.types.enums import Dimension
from api.graphql.types.fields import planned
from api.graphql.types.scalars import DateTime


@strawberry.type(description="One share of a creator's followers along one dimension.")
class AudienceShare:
    """As the platform reports it."""

    dimension: Dimension = planned("The dimension that the followers are split by.")
    bucket: str = planned("The group: `18-24`, `FEMALE`, `US` …")
    share: float | None = planned("Share of the followers, 0–1; null where only the order of parts is known.")
    at: DateTime | None = planned("When it was reported; null where unknown.")
