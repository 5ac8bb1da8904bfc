"""Tools for whoever may ask the graph itself."""

from __future__ import annotations

from typing import Final

from api.access.table import Permission
from api.mcp.tool import Tool

RUN_CYPHER: Final = Tool(
    "run_cypher",
    "Run a Cypher query",
    "Runs a read-only query in Neo4j's Cypher, for questions that no other tool answers: motifs, time series, percentiles, "
    "paths. Read the resource creatorgraph://graph first: it lists labels, relationships, properties and units (times are Unix "
    "seconds). Aggregate and LIMIT in the query. A refusal names the rule and what to write instead.",
    """
    query RunCypher($query: String!, $parameters: JSON, $limit: Int! = 100, $timeoutSeconds: Int! = 10) {
      cypher(query: $query, parameters: $parameters, limit: $limit, timeoutSeconds: $timeoutSeconds) {
        columns { name type }
        rows
        rowCount
        truncated
        truncatedBy
        notifications { description line column }
      }
    }
    """,
    permission=Permission.BOUNDED_CYPHER,
    exact=True,
)

LIST_SAVED_QUERIES: Final = Tool(
    "list_saved_queries",
    "List saved queries",
    "Cypher queries saved by name, including the questions that analysts ask most: what each shows, and its parameters with "
    "types and defaults. Look here before you write Cypher.",
    """
    query ListSavedQueries($search: String, $first: Int! = 50) {
      savedQueries(search: $search, first: $first) {
        name version description
        parameters { name type description default required }
      }
    }
    """,
    permission=Permission.BOUNDED_CYPHER,
)

RUN_SAVED_QUERY: Final = Tool(
    "run_saved_query",
    "Run a saved query",
    "The result of a saved query, with your values for its parameters; omitted parameters have their defaults.",
    """
    query RunSavedQuery($name: String!, $version: Int, $parameters: JSON, $limit: Int! = 100) {
      runSavedQuery(name: $name, version: $version, parameters: $parameters, limit: $limit) {
        columns { name type }
        rows
        rowCount
        truncated
        truncatedBy
        notifications { description line column }
      }
    }
    """,
    words={"name": "The query's name, as list_saved_queries gives it."},
    permission=Permission.BOUNDED_CYPHER,
    exact=True,
)
