"""A tool on the key itself."""

from __future__ import annotations

from typing import Final

from api.mcp.tool import Tool

WHOAMI: Final = Tool(
    "whoami",
    "Who the key is",
    "The name and role of the key in use, the regions that it is granted (`*` for all), and its own brands, clients or "
    "creator. Objects outside these are treated as if they did not exist; call this first if results are empty, or if a "
    "ranking requires a region.",
    """
    query WhoAmI {
      viewer {
        name role regions
        brands { id name region }
        creator { id handle region }
      }
    }
    """,
)
