"""The tools, in the order in which an agent meets them."""

from __future__ import annotations

from typing import Final

from api.mcp.tool import Tool
from api.mcp.tools.catalogue import SEARCH_CATALOGUE, WHOAMI
from api.mcp.tools.comparing import COMPARE_CREATORS, LOOKALIKES, LOOKALIKES_OF_BRAND, RECOMMEND
from api.mcp.tools.creators import CREATOR, EXPLAIN_SCORE, RANKING, SEARCH_CREATORS
from api.mcp.tools.networks import BRAND_NETWORK, FIND_PATH
from api.mcp.tools.queries import LIST_SAVED_QUERIES, RUN_CYPHER, RUN_SAVED_QUERY
from api.mcp.tools.selling import BRAND_SALES

TOOLS: Final[tuple[Tool, ...]] = (
    WHOAMI,
    SEARCH_CREATORS,
    SEARCH_CATALOGUE,
    CREATOR,
    EXPLAIN_SCORE,
    COMPARE_CREATORS,
    RANKING,
    BRAND_SALES,
    BRAND_NETWORK,
    FIND_PATH,
    LOOKALIKES,
    LOOKALIKES_OF_BRAND,
    RECOMMEND,
    LIST_SAVED_QUERIES,
    RUN_SAVED_QUERY,
    RUN_CYPHER,
)
BY_NAME: Final = {tool.name: tool for tool in TOOLS}
