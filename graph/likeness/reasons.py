"""What creators of a page have in common with the one they resemble, or with a brand's own creators: one query for the page.

Ties that the reader may not see one by one are only counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final, LiteralString, NamedTuple

from graph.finding.reading import Reading

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
    """How many are shared: `seen` one by one, some of which are `examples`, and others that the reader may not see so."""

    seen: int = 0
    examples: tuple[Example, ...] = ()
    unseen: int = 0


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
  WHERE tie.runId = $run AND b IN brands
  WITH DISTINCT b
  ORDER BY b.id
  RETURN [x IN collect(b) WHERE $brands IS NULL OR x.id IN $brands | [x.id, coalesce(x.name, x.id)]] AS seenBrands,
    size([x IN collect(b) WHERE NOT ($brands IS NULL OR x.id IN $brands)]) AS unseenBrands
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
      WHERE p IN products
      OPTIONAL MATCH (p)<-[:SELLS]-(b:Brand)
      WITH p, $brands IS NULL OR any(id IN collect(b.id) WHERE id IN $brands) AS own
      RETURN [p.id, coalesce(p.title, p.id), own] ORDER BY p.id
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
RETURN c.id AS id, seenBrands, unseenBrands, shown, both, active
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


def _common(brands: Any, unseen: int, products: Any, creators: Any, categories: Any) -> Common:
    own = [each[:2] for each in products if each[2]]
    return Common(
        brands=_shared(brands, unseen),
        products=_shared(own, len(products) - len(own)),
        categories=_shared(categories),
        named=_shared(creators),
    )


def _shared(pairs: list[list[str]], unseen: int = 0) -> Shared:
    return Shared(len(pairs), tuple(Example(*each) for each in pairs[:EXAMPLES]), unseen)
