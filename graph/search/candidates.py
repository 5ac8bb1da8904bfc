"""What the index has for a query, of each kind that is searched, within what the reader may see."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, LiteralString, NamedTuple

from graph.plans.visibility import Reach
from graph.recommendations.reading import Reading
from graph.search.similarity import Named, Sought
from graph.search.terms import NAMES, lucene
from graph.sources.codes import regions as all_regions
from graph.sources.handles import compared

KINDS: Final = tuple(NAMES)
HITS: Final = 300
"""Of each kind, the nodes of the index that are compared with the query; what is further from it is not alike enough to be told."""

_IN_CATEGORIES: Final[LiteralString] = "($categories IS NULL OR any(category IN n.mainCategoryIds WHERE category IN $categories))"

_CREATOR: Final[LiteralString] = """
RETURN n.id AS id, n._searchForms AS forms, n._searchSounds AS sounds, n.bio AS text, n.region AS region, n.mainCategoryIds AS categories,
  head(COLLECT { MATCH (card:Scorecard {id: $cards + '|' + n.id + '|90|*'}) RETURN card.overall }) AS weight""".strip()

CREATORS: Final[LiteralString] = f"""
CALL db.index.fulltext.queryNodes('search_creators', $query, {{limit: $hits}}) YIELD node AS n
WHERE ($regions IS NULL OR n.region IN $regions) AND ($within IS NULL OR n.region IN $within)
  AND {_IN_CATEGORIES}
{_CREATOR}
"""

OWN: Final[LiteralString] = f"""
MATCH (n:Creator {{id: $me}})
WHERE n._searchForms IS NOT NULL AND ($within IS NULL OR n.region IN $within)
  AND {_IN_CATEGORIES}
{_CREATOR}
"""

BRANDS: Final[LiteralString] = """
CALL db.index.fulltext.queryNodes('search_brands', $query, {limit: $hits}) YIELD node AS n
WHERE ($within IS NULL OR n.region IN $within)
  AND ($categories IS NULL OR EXISTS { MATCH (n)-[:SELLS]->(:Product)-[:IN_CATEGORY]->(c:Category) WHERE c.id IN $categories })
RETURN n.id AS id, n._searchForms AS forms, n._searchSounds AS sounds, null AS text, n.region AS region, [] AS categories, null AS weight
"""

PRODUCTS: Final[LiteralString] = """
CALL db.index.fulltext.queryNodes('search_products', $query, {limit: $hits}) YIELD node AS n
WHERE ($within IS NULL OR n.region IN $within)
  AND ($categories IS NULL OR EXISTS { MATCH (n)-[:IN_CATEGORY]->(c:Category) WHERE c.id IN $categories })
RETURN n.id AS id, n._searchForms AS forms, n._searchSounds AS sounds, null AS text, n.region AS region,
  [(n)-[:IN_CATEGORY]->(c:Category) | c.id] AS categories, n.unitsSold AS weight
"""

CATEGORIES: Final[LiteralString] = """
CALL db.index.fulltext.queryNodes('search_categories', $query, {limit: $hits}) YIELD node AS n
WHERE $categories IS NULL OR n.id IN $categories
RETURN n.id AS id, n._searchForms AS forms, n._searchSounds AS sounds, null AS text, null AS region, [n.id] AS categories, null AS weight
"""

QUERIES: Final[Mapping[str, LiteralString]] = {"Creator": CREATORS, "Brand": BRANDS, "Product": PRODUCTS, "Category": CATEGORIES}


class Within(NamedTuple):
    """What a search is narrowed to, None for no bound: `categories` are one and all below it; and for whom, by which cards."""

    regions: Sequence[str] | None = None
    categories: Sequence[str] | None = None
    cards: str = ""
    me: str | None = None


class Candidate(NamedTuple):
    """A node that may be what is sought; of equals the one with the larger `weight` comes first. `former` is a name that it once had."""

    kind: str
    id: str
    named: Named
    region: str | None
    categories: Sequence[str]
    weight: float
    former: str | None = None


async def candidates(reading: Reading, sought: Sought, kinds: Iterable[str], within: Within) -> list[Candidate]:
    """Return what may be sought, by kind; the nodes that the reader may not see are not among them."""
    found = await asyncio.gather(*(_of_kind(reading, sought, kind, within) for kind in kinds))
    return [each for some in found for each in some]


async def _of_kind(reading: Reading, sought: Sought, kind: str, within: Within) -> list[Candidate]:
    values = {"within": within.regions, "categories": within.categories}
    values |= {"cards": within.cards} if kind == "Creator" else {}
    if kind == "Creator" and reading.visibility.creators is Reach.OWN:
        return _read(kind, await reading.rows(OWN, me=within.me, **values))
    if (regions := _regions(reading, kind, within)) == []:
        return []
    query = lucene(sought.forms, regions=regions)
    return _read(kind, await reading.rows(QUERIES[kind], query=query, hits=HITS, **values))


def _regions(reading: Reading, kind: str, within: Within) -> list[str] | None:
    """Return the regions in which nodes of a kind are looked for; None for all, empty where there are none to be seen."""
    wanted = None if within.regions is None else list(within.regions)
    if kind != "Creator" or reading.regions is None:
        return None if kind == "Category" else wanted
    return [each for each in reading.regions if wanted is None or each in wanted]


def _read(kind: str, rows: Iterable[Sequence[Any]]) -> list[Candidate]:
    return [
        Candidate(kind, id_, Named(forms, sounds or (), text), region, categories or (), weight or 0.0)
        for id_, forms, sounds, text, region, categories, weight in rows
    ]


FORMER: Final[LiteralString] = f"""
UNWIND $names AS name
MATCH (held:Name {{id: name}})
WHERE held.seen IS NOT NULL
UNWIND [sighting IN held.seen | split(sighting, '\t')[1]] AS holder
WITH DISTINCT held, holder
MATCH (n:Creator {{id: holder}})
WHERE n._searchForms IS NOT NULL AND ($regions IS NULL OR n.region IN $regions) AND ($within IS NULL OR n.region IN $within)
  AND {_IN_CATEGORIES}
{_CREATOR},
  n.handleKey = $handle AS present
ORDER BY id
LIMIT 50
"""


async def former_holders(reading: Reading, text: str, within: Within) -> list[Candidate]:
    """Return the creators who were once seen under a user name, and have another one now."""
    handle = compared(text)
    regions = reading.regions if reading.regions is not None else sorted(all_regions())
    names = [f"{each}:{handle}" for each in regions]
    rows = await reading.rows(FORMER, names=names, handle=handle, within=within.regions, categories=within.categories, cards=within.cards)
    found = zip(_read("Creator", (row[:-1] for row in rows)), rows, strict=True)
    return [each._replace(former=handle) for each, row in found if not row[-1]]
