"""Queries in Cypher."""

from __future__ import annotations

from typing import Final

from api.features.cypher.cypher import cypher, explain_cypher
from api.features.cypher.types import Query
from api.features.example import Example, Examples
from api.features.feature import Feature

PAIRS: Final = Example(
    "In Cypher: creators who promote the same products",
    """
query Pairs($query: String!, $parameters: JSON) {
  cypher(query: $query, parameters: $parameters, limit: 20) {
    columns { name type nullable }
    rows
    truncatedBy
    milliseconds
  }
}
""",
    {
        "query": "MATCH (c:Creator)-[:PUBLISHED]->()-[:FEATURES]->(p:Product)<-[:FEATURES]-()<-[:PUBLISHED]-(d:Creator)\n"
        "WHERE c.id < d.id\n"
        "WITH c, d, count(DISTINCT p) AS together\n"
        "WHERE together >= $least\n"
        "RETURN c.handle AS one, d.handle AS other, together\n"
        "ORDER BY together DESC, one, other",
        "parameters": {"least": 2},
    },
)

WEEKS: Final = Example(
    "In Cypher: sales by week",
    """
query Weeks($query: String!) {
  cypher(query: $query, limit: 100, timeoutSeconds: 20) { columns { name type } rows }
}
""",
    {
        "query": "MATCH (s:Sale)\n"
        "RETURN date.truncate('week', datetime({epochSeconds: s.at})) AS week, count(*) AS orders, round(sum(s.gmvUsd), 2) AS usd\n"
        "ORDER BY week"
    },
)

WHETHER: Final = Example(
    "In Cypher: whether a query may run, and its plan",
    """
query Whether($query: String!) {
  explainCypher(query: $query) {
    allowed
    refusals { rule name remedy }
    estimatedRows
    plan
  }
}
""",
    {"query": "MATCH (b:Brand)-[:OFFERED]->(k:Collaboration) RETURN b.name AS brand, count(k) AS offers ORDER BY offers DESC LIMIT 10"},
)

EXAMPLES: Final[Examples] = {
    "analyst": (
        PAIRS,
        WEEKS,
        WHETHER,
    ),
    "admin": (PAIRS,),
}


FEATURE: Final = Feature(
    fields={
        ("Query", "cypher"): cypher,
        ("Query", "explainCypher"): explain_cypher,
    },
    fleeting={
        ("Query", "cypher"): "a query may read the clock, and draw lots",
        ("Query", "explainCypher"): "the database plans as its statistics advise",
    },
    costs={"cypher": 500, "explainCypher": 20},
    examples=EXAMPLES,
    query=Query,
)
