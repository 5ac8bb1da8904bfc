"""Exchange rates as the graph holds them, and amounts reckoned anew where those change."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, Final, LiteralString

from neo4j import AsyncDriver

from graph.connection import writing
from graph.load import statements
from graph.load.batches import Tx, run, state_in
from graph.load.features import WRITE_FEATURES
from graph.load.money import PRICED, UsdPerUnit, in_usd
from graph.load.shapes import FEATURES
from graph.load.states import difference, stored
from graph.sources.faults import RateUnknown
from graph.sources.rates import Rates

ROWS: Final = 2000

GIVEN: Final[LiteralString] = """
MATCH (r:Rate)
RETURN r.currency AS currency, r.date AS date, r.usdPerUnit AS usd
"""


async def rates_in(tx: Tx) -> UsdPerUnit:
    """Return the rates in force: the bank's, with those that the graph holds before them."""
    given = [(each["currency"], date.fromisoformat(each["date"]), each["usd"]) for each in await run(tx, GIVEN)]
    return usd_by(Rates(given))


def usd_by(rates: Rates) -> UsdPerUnit:
    """Return rates by Unix seconds, None for what is unknown."""

    def usd(currency: str, at: int) -> float | None:
        try:
            return rates.usd(currency, datetime.fromtimestamp(at, UTC).date())
        except RateUnknown:
            return None

    return usd


PRICED_FEATURES: Final[LiteralString] = """
MATCH (a:Content)-[r:FEATURES]->(b:Product)
WHERE r.currency = $currency
RETURN {pair: [a.id, b.id], properties: properties(r)} AS node
"""


async def reckon_anew(driver: AsyncDriver, currency: str, rate: UsdPerUnit, *, database: str) -> None:
    """Reckon every amount in a currency anew in US dollars; done twice it changes nothing."""
    for label in PRICED:
        query = PRICED_FEATURES if label == "FEATURES" else statements.read_priced(PRICED[label])
        rows: list[dict[str, Any]] = []
        async with writing(driver, database, fetch_size=ROWS) as session:
            async for record in await session.run(query, currency=currency):
                rows += _reckoned(label, record["node"], rate)
                if len(rows) >= ROWS:
                    await _write(driver, label, rows, database)
                    rows = []
        await _write(driver, label, rows, database)


def _reckoned(label: str, record: dict[str, Any], rate: UsdPerUnit) -> list[dict[str, Any]]:
    """Return the record with the amounts that differ, or nothing."""
    shape = PRICED[label]
    state = stored(FEATURES, record["properties"], {}, ()) if shape is FEATURES else state_in(shape, record)
    before = {usd: state.properties[usd] for _, usd in shape.in_usd if usd in state.properties}
    changed = difference(before, in_usd(label, state.properties, state.own, rate))
    return [{"id": record.get("id"), "pair": record.get("pair"), "properties": changed}] if changed else []


async def _write(driver: AsyncDriver, label: str, rows: list[dict[str, Any]], database: str) -> None:
    if rows:
        query = WRITE_FEATURES if label == "FEATURES" else statements.reset_nodes(label)
        await driver.execute_query(query, rows=rows, database_=database)
