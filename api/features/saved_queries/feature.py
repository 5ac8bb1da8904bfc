"""Cypher queries saved by name."""

from __future__ import annotations

from typing import Final

from api.features.feature import Feature
from api.features.saved_queries.examples import EXAMPLES
from api.features.saved_queries.mutations import Mutation
from api.features.saved_queries.saved_queries import run_saved_query, saved_queries, saved_query
from api.features.saved_queries.types import Query

FEATURE: Final = Feature(
    fields={
        ("Query", "savedQueries"): saved_queries,
        ("Query", "savedQuery"): saved_query,
        ("Query", "runSavedQuery"): run_saved_query,
    },
    costs={"runSavedQuery": 500},
    examples=EXAMPLES,
    query=Query,
    mutation=Mutation,
)
