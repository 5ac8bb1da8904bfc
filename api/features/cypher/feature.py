"""Queries in Cypher."""

from __future__ import annotations

from typing import Final

from api.features.cypher.cypher import cypher, explain_cypher
from api.features.cypher.examples import EXAMPLES
from api.features.cypher.types import Query
from api.features.feature import Feature

FEATURE: Final = Feature(
    fields={
        ("Query", "cypher"): cypher,
        ("Query", "explainCypher"): explain_cypher,
    },
    costs={"cypher": 500, "explainCypher": 20},
    examples=EXAMPLES,
    query=Query,
)
