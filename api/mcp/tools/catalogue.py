"""A tool that finds what other tools take ids of."""

from __future__ import annotations

from typing import Final

from api.mcp.tool import Tool

SEARCH_CATALOGUE: Final = Tool(
    "search_catalogue",
    "Search brands, categories and products",
    "Finds brands, categories and products by name, in any language, script or spelling, best match first, with their ids. Begin here where"
    " another tool takes the id of a brand, category or product.",
    """
    query SearchCatalogue($text: String!, $first: Int! = 5) {
      brands: search(query: $text, kinds: [BRAND], first: $first) { nodes { ... on Brand { id name region } } }
      categories: search(query: $text, kinds: [CATEGORY], first: $first) { nodes { ... on Category { id name parent { id name } } } }
      products: search(query: $text, kinds: [PRODUCT], first: $first) {
        nodes { ... on Product { id title brand { id name } category { id name } } }
      }
    }
    """,
    words={"text": "A name, or a part of one.", "first": "Maximum number of each, at most 100."},
)


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
