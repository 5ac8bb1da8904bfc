"""What a portfolio is weighed by: what is forecast of creators, and which products they show."""

from __future__ import annotations

from collections.abc import Sequence
from math import nan
from typing import Final, LiteralString, NamedTuple

from graph.plans.visibility import Reach
from graph.recommendations.reading import Reading
from graph.runs.run import Run


class Outlook(NamedTuple):
    """Net sales of the next 28 days in USD as the run forecasts them for its audience, NaN where unknown; whether amounts may be shown."""

    exact: bool
    expected: float
    low: float
    high: float


OUTLOOKS: Final[LiteralString] = """
UNWIND $creators AS id
MATCH (c:Creator {id: id})
WHERE $regions IS NULL OR c.region IN $regions
MATCH (f:Forecast {id: $cards + '|Creator:' + id})
RETURN id, $exact OR coalesce(c.salesConsent, false) AS exact, f.expected AS expected, f.low AS low, f.high AS high
"""


async def outlooks(reading: Reading, run: Run, creators: Sequence[str]) -> dict[str, Outlook]:
    """Return the forecasts of creators whom the reader may see, by id; those of whom nothing is forecast are left out.

    Where amounts may not be shown, those returned may be told as published ranges and by their order, and no other way.
    """
    exact = reading.visibility.exact_sales is Reach.ALL
    rows = await reading.rows(OUTLOOKS, creators=list(creators), cards=run.cards, exact=exact)
    return {id_: Outlook(may_show, *(nan if each is None else each for each in amounts)) for id_, may_show, *amounts in rows}


PRODUCTS_SHOWN: Final[LiteralString] = """
UNWIND $creators AS id
MATCH (c:Creator {id: id})-[:PUBLISHED]->(:Content)-[:FEATURES]->(p:Product)
WHERE ($regions IS NULL OR c.region IN $regions)
  AND ($brands IS NULL OR EXISTS { (p)<-[:SELLS]-(b:Brand) WHERE b.id IN $brands })
RETURN DISTINCT id, p.id AS product
"""


async def products_shown(reading: Reading, creators: Sequence[str]) -> dict[str, set[str]]:
    """Return the products that each of the creators shows, of brands whose ties the reader sees one by one; an empty set for none."""
    found = {each: set[str]() for each in creators}
    for id_, product in await reading.rows(PRODUCTS_SHOWN, creators=list(creators)):
        found[id_].add(product)
    return found
