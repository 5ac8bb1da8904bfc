"""The indexes that `search` asks: one for each kind, so that a rare kind is not drowned by a common one."""

from __future__ import annotations

from typing import Final, LiteralString

CREATORS: Final[LiteralString] = """
CREATE FULLTEXT INDEX search_creators IF NOT EXISTS FOR (n:Creator) ON EACH [n._searchTerms]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}}
"""

BRANDS: Final[LiteralString] = """
CREATE FULLTEXT INDEX search_brands IF NOT EXISTS FOR (n:Brand) ON EACH [n._searchTerms]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}}
"""

PRODUCTS: Final[LiteralString] = """
CREATE FULLTEXT INDEX search_products IF NOT EXISTS FOR (n:Product) ON EACH [n._searchTerms]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}}
"""

CATEGORIES: Final[LiteralString] = """
CREATE FULLTEXT INDEX search_categories IF NOT EXISTS FOR (n:Category) ON EACH [n._searchTerms]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}}
"""


def indexes() -> tuple[tuple[str, LiteralString], ...]:
    """Return each index's name in the database and the statement that makes it."""
    return (
        ("search_creators", CREATORS),
        ("search_brands", BRANDS),
        ("search_products", PRODUCTS),
        ("search_categories", CATEGORIES),
    )
