"""Tools for whoever may ask the graph itself."""

from __future__ import annotations

from typing import Final

from api.access.table import Deed
from api.mcp.tool import Tool

RUN_CYPHER: Final = Tool(
    "run_cypher",
    "Run a Cypher query",
    "A read-only query in Neo4j's Cypher, for what no other tool answers: motifs, time series, percentiles, paths. Read the resource"
    " creatorgraph://graph first: it lists labels, relationships, properties and units (times are Unix seconds). Aggregate and LIMIT in"
    " the query. A refusal names the rule and what to write instead.",
    """
    query RunCypher($query: String!, $parameters: JSON, $limit: Int! = 100, $timeoutSeconds: Int! = 10) {
      cypher(query: $query, parameters: $parameters, limit: $limit, timeoutSeconds: $timeoutSeconds) {
        columns { name type }
        rows
        rowCount
        truncated
        truncatedBy
      }
    }
    """,
    deed=Deed.BOUNDED_CYPHER,
)
