"""What creators usually ask: commissions and fees, from terms that the reader may see, from reports, and from open plans."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, LiteralString, NamedTuple

from graph.plans.visibility import Reach
from graph.recommendations.reading import Reading


class Fee(NamedTuple):
    """One fixed fee agreed."""

    amount: float
    currency: str


class Terms(NamedTuple):
    """The terms that a creator has accepted, as far as the reader may see them."""

    rates: tuple[float, ...]
    fees: tuple[Fee, ...]


class Rates(NamedTuple):
    """A range of commission rates, shares 0–1."""

    low: float
    high: float


TERMS: Final[LiteralString] = """
UNWIND $creators AS id
MATCH (c:Creator {id: id})<-[:WITH]-(k:Collaboration)<-[:OFFERED]-(b:Brand)
WHERE ($brands IS NULL OR b.id IN $brands) AND (k.accepted OR k.status IN ['ACCEPTED', 'DELIVERED', 'FAILED'])
  AND ($regions IS NULL OR c.region IN $regions)
RETURN id, collect(k.commissionRate) AS rates, collect(CASE WHEN k.currency IS NOT NULL AND k.fee > 0 THEN [k.fee, k.currency] END) AS fees
"""


async def terms(reading: Reading, creators: Sequence[str]) -> dict[str, Terms]:
    """Return the accepted terms of each creator with brands whose terms the reader may see."""
    rows = await reading.rows(TERMS, creators=list(creators))
    return {id_: Terms(tuple(sorted(rates)), tuple(Fee(*fee) for fee in fees)) for id_, rates, fees in rows}


REPORTED: Final[LiteralString] = """
UNWIND $creators AS id
MATCH (c:Creator {id: id})<-[:ABOUT]-(r:Report)
WHERE $regions IS NULL OR c.region IN $regions
WITH id, r.at AS at, CASE WHEN $exact OR c.salesConsent THEN r.commissionRate END AS rate, r
WITH id, at, coalesce(rate, r.commissionRateLow) AS low, coalesce(rate, r.commissionRateHigh) AS high
WHERE low IS NOT NULL AND high IS NOT NULL
ORDER BY at DESC, id
RETURN id, head(collect(low)) AS low, head(collect(high)) AS high
"""


async def reported_rates(reading: Reading, creators: Sequence[str]) -> dict[str, Rates]:
    """Return the mean commission that the platform last reported: exact with the creator's consent or for who sees all, else its range."""
    exact = reading.visibility.exact_sales is Reach.ALL
    return {id_: Rates(low, high) for id_, low, high in await reading.rows(REPORTED, creators=list(creators), exact=exact)}


OPEN_RATES: Final[LiteralString] = """
MATCH (p:Product)
WHERE p.commissionRate IS NOT NULL AND (
  size($categories) = 0 OR EXISTS {
    MATCH (p)-[:IN_CATEGORY]->(:Category)-[:CHILD_OF*0..8]->(k:Category)
    WHERE k.id IN $categories
  }
)
WITH percentileCont(p.commissionRate, 0.25) AS low, percentileCont(p.commissionRate, 0.75) AS high
WHERE low IS NOT NULL
RETURN low, high
"""


async def open_rates(reading: Reading, categories: Sequence[str]) -> Rates | None:
    """Return the middle half of open plans' commissions in categories and below, or of all if none are given; None without a plan."""
    rows = await reading.rows(OPEN_RATES, categories=list(categories))
    return Rates(*rows[0]) if rows else None


USD: Final = "USD"

DOLLARS: Final[LiteralString] = """
MATCH (r:Rate)
WHERE r.currency IN $currencies
WITH r
ORDER BY r.date DESC, r.id
RETURN r.currency AS currency, head(collect(r.usdPerUnit)) AS usd
"""


async def dollars(reading: Reading, currencies: Sequence[str]) -> dict[str, float]:
    """Return US dollars for a unit of each currency at the latest rate; those without a rate are left out."""
    found = {currency: float(usd) for currency, usd in await reading.rows(DOLLARS, currencies=list(currencies))}
    return {**found, USD: 1.0}
