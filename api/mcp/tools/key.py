"""A tool on the key itself."""

from __future__ import annotations

from typing import Final

from api.mcp.tool import Tool

WHOAMI: Final = Tool(
    "whoami",
    "Who the key is",
    "The name and the role of the key that you ask with, the regions that it is granted (`*` for all), and its own brands, clients or"
    " creator. What lies outside answers as if it did not exist; ask this first where answers are empty, or a rank needs a region.",
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
