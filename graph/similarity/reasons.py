"""What creators of a page have in common with the one they resemble, or with a brand's own creators: one query for the page.

Ties that the reader may not see are not counted either: how many two creators share of them is nothing that is published.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final, LiteralString, NamedTuple

from graph.recommendations.reading import Reading

EXAMPLES: Final = 3
MOST: Final = 500
"""Ties of one kind that are compared."""

CONTENTS: Final = 400
"""Newest posts of one creator that are looked into."""


class Example(NamedTuple):
    """A node by own id, and what it is called."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Shared:
    """How many are shared of those that the reader may see, and some of them."""

    count: int = 0
    examples: tuple[Example, ...] = ()


NOTHING: Final = Shared()


@dataclass(frozen=True, slots=True)
class Common:
    """What one creator has in common with whom they resemble."""

    brands: Shared = field(default=NOTHING)
    products: Shared = field(default=NOTHING)
    categories: Shared = field(default=NOTHING)
    named: Shared = field(default=NOTHING)
    """Creators whom both name, or who are both."""


OF_CREATOR: Final[LiteralString] = """
MATCH (like:Creator {id: $like})
CALL (like) {
  MATCH (like)-[tie:COLLABORATED_WITH]->(b:Brand)
  WHERE tie.runId = $run
  RETURN collect(b)[..$most] AS brands
}
CALL (like) {
  MATCH (like)-[:PUBLISHED]->(t:Content)
  WITH t
  ORDER BY t.publishedAt DESC, t.id
  LIMIT $contents
  OPTIONAL MATCH (t)-[:FEATURES]->(p:Product)
  WITH collect(DISTINCT t) AS posts, collect(DISTINCT p)[..$most] AS products
  RETURN products, COLLECT { UNWIND posts AS t MATCH (t)-[:MENTIONS]->(m:Creator) RETURN DISTINCT m.id } + [like.id] AS named
}
CALL (like) {
  MATCH (like)<-[:RATES]-(card:Scorecard {runId: $cards, window: 90})
  WHERE card.categoryId <> '*'
  RETURN collect(card.categoryId) AS categories
}
"""

OF_BRAND: Final[LiteralString] = """
MATCH (like:Brand {id: $like})
CALL (like) {
  MATCH (like)<-[tie:COLLABORATED_WITH]-(c:Creator)
  WHERE tie.runId = $run AND ($regions IS NULL OR c.region IN $regions)
  RETURN collect(c.id)[..$most] AS named
}
CALL (like) {
  MATCH (like)-[:SELLS]->(:Product)-[:IN_CATEGORY]->(:Category)-[:CHILD_OF*0..8]->(k:Category)
  RETURN collect(DISTINCT k.id) AS categories
}
WITH named, categories, [] AS brands, [] AS products
"""

PAGE: Final[LiteralString] = """
UNWIND $page AS id
MATCH (c:Creator {id: id})
CALL (c, brands) {
  MATCH (c)-[tie:COLLABORATED_WITH]->(b:Brand)
  WHERE tie.runId = $run AND b IN brands AND ($brands IS NULL OR b.id IN $brands)
  WITH DISTINCT b
  ORDER BY b.id
  RETURN collect([b.id, coalesce(b.name, b.id)]) AS partners
}
CALL (c, products, named) {
  MATCH (c)-[:PUBLISHED]->(t:Content)
  WITH t
  ORDER BY t.publishedAt DESC, t.id
  LIMIT $contents
  OPTIONAL MATCH (t)-[:FEATURES]->(p:Product)
  WITH collect(DISTINCT t) AS posts, collect(DISTINCT p) AS goods
  RETURN
    COLLECT {
      UNWIND goods AS p
      WITH p
      WHERE p IN products AND ($brands IS NULL OR EXISTS { MATCH (p)<-[:SELLS]-(b:Brand) WHERE b.id IN $brands })
      RETURN [p.id, coalesce(p.title, p.id)] ORDER BY p.id
    } AS shown,
    COLLECT {
      UNWIND posts AS t
      MATCH (t)-[:MENTIONS]->(m:Creator)
      WHERE m.id IN named AND ($regions IS NULL OR m.region IN $regions)
      WITH DISTINCT m
      RETURN [m.id, m.handle] ORDER BY m.id
    } AS both
}
CALL (c, categories) {
  MATCH (c)<-[:RATES]-(card:Scorecard {runId: $cards, window: 90})
  WHERE card.categoryId IN categories
  MATCH (k:Category {id: card.categoryId})
  WITH k
  ORDER BY k.id
  RETURN collect([k.id, coalesce(k.name, k.id)]) AS active
}
RETURN c.id AS id, partners, shown, both, active
"""

OF: Final[dict[str, LiteralString]] = {"Creator": OF_CREATOR + PAGE, "Brand": OF_BRAND + PAGE}


async def common(  # noqa: PLR0913 -- what is alike, and where that is read
    reading: Reading, run: str, kind: str, like: str, page: Sequence[str], *, cards: str = ""
) -> dict[str, Common]:
    """Return what each creator of a page has in common with a creator or a brand, by creator; none where that one is gone.

    `cards` is the id of the scorecards that tell categories, the run's own unless given.
    """
    rows = await reading.rows(OF[kind], run=run, cards=cards or run, like=like, page=list(page), most=MOST, contents=CONTENTS)
    return {row[0]: _common(*row[1:]) for row in rows}


def _common(brands: Any, products: Any, creators: Any, categories: Any) -> Common:
    return Common(brands=_shared(brands), products=_shared(products), categories=_shared(categories), named=_shared(creators))


def _shared(pairs: list[list[str]]) -> Shared:
    return Shared(len(pairs), tuple(Example(*each) for each in pairs[:EXAMPLES]))
