"""From words to categories: what sells under such a name, and where it belongs."""

from __future__ import annotations

import re
from typing import Final, LiteralString, NamedTuple

from graph.migrations import WORDS
from graph.plurals import forms
from graph.recommendations.reading import Reading

MOST_WORDS: Final = 20
MOST_HITS: Final = 500
MOST_CATEGORIES: Final = 5
LEAST_SHARE: Final = 0.25
"""Of the best category's weight: below that a category only shares a word."""


class Match(NamedTuple):
    """A category that the words point to: the products and category names that match, and its weight against the best one's."""

    category: str
    matches: int
    weight: float


MATCHES: Final[LiteralString] = """
CALL db.index.fulltext.queryNodes($index, $words, {limit: $hits})
YIELD node, score
OPTIONAL MATCH (node)-[:IN_CATEGORY]->(of:Category)
WITH CASE WHEN node:Category THEN node ELSE of END AS category, score
WHERE category IS NOT NULL
RETURN category.id AS category, count(*) AS matches, sum(score) AS weight
ORDER BY weight DESC, category
LIMIT $most
"""


async def matching_categories(reading: Reading, text: str) -> list[Match]:
    """Return the categories whose names, or whose products' titles, hold words of a text in either number, the fittest first.

    Products count for their categories alone: who promotes a single product is a tie that not everyone may see.
    """
    words = " ".join(" ".join(forms(word)) for word in re.findall(r"\w+", text.casefold())[:MOST_WORDS])
    if not words:
        return []
    rows = await reading.rows(MATCHES, index=WORDS, words=words, hits=MOST_HITS, most=MOST_CATEGORIES)
    best = max((weight for _, _, weight in rows), default=0.0)
    return [Match(category, matches, weight / best) for category, matches, weight in rows if weight >= LEAST_SHARE * best]


BELOW: Final[LiteralString] = """
MATCH (c:Category)-[:CHILD_OF*0..8]->(k:Category {id: $within})
WHERE c.id IN $categories
RETURN DISTINCT c.id AS id
"""


async def within(reading: Reading, categories: list[str], category: str) -> set[str]:
    """Return those of the categories that lie within one."""
    return {id_ for (id_,) in await reading.rows(BELOW, categories=categories, within=category)}
