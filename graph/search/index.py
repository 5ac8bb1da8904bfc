"""The indexes that `search` asks: one for each kind, so that a rare kind is not drowned by a common one."""

from __future__ import annotations

from typing import Final, LiteralString

KINDS: Final[tuple[tuple[LiteralString, LiteralString], ...]] = (
    ("search_creators", "Creator"),
    ("search_brands", "Brand"),
    ("search_products", "Product"),
    ("search_categories", "Category"),
)
"""The name of each index in the database, and the label of what it finds."""


def indexes() -> tuple[tuple[str, LiteralString], ...]:
    """Return each index's name in the database and the statement that makes it."""
    return tuple((name, _index(name, label)) for name, label in KINDS)


def _index(name: LiteralString, label: LiteralString) -> LiteralString:
    return f"""
CREATE FULLTEXT INDEX {name} IF NOT EXISTS FOR (n:{label}) ON EACH [n._searchTerms]
OPTIONS {{indexConfig: {{`fulltext.analyzer`: 'whitespace'}}}}
"""
