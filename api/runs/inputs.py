"""What a scoring run reads from the graph, and whether there is anything to score."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Final, LiteralString

from api.errors import ApiError
from graph.dates import iso_day
from graph.events import Struck, Tables, earliest, event_tables, latest, struck
from graph.reader import Reader
from graph.rights.gate import WITHDRAWALS
from graph.rights.objections import OBJECTING
from graph.similarity.people import Beside, beside
from scoring.facts import Market, Period, Ties, market, ties
from scoring.facts.events.within import within

KNOWN_OF_CREATORS: Final = frozenset(
    {"contents", "sales", "earlier_sales", "collaborations", "deliveries", "mentions", "reports", "report_history"}
)
"""Event tables of what creators did; a run has something to say where any of them has a row."""


class NothingToScore(ApiError):
    """The graph holds no creators, or nothing that says when."""


@dataclass(frozen=True, slots=True)
class Work:
    """What was read for a run."""

    market: Market
    tables: Tables
    consenting: frozenset[str]
    ties: Ties
    beside: Beside
    data_version: int
    withdrawals: int
    started_at: int
    read_at: int
    """When all events were read: what was decided later is not in it."""


DATA_VERSION: Final[LiteralString] = """
OPTIONAL MATCH (state:State {id: 'data'})
RETURN coalesce(state.version, 0) AS version
"""


CONSENTING: Final[LiteralString] = """
MATCH (c:Creator {salesConsent: true})
RETURN collect(c.id) AS ids
"""


async def read_consenting(reader: Reader) -> frozenset[str]:
    """Return the creators who let brands and partners see their exact sales."""
    (ids,) = await reader.read(CONSENTING, [{}], lambda record: frozenset[str](record["ids"]))
    return ids


async def read_work(reader: Reader, as_of: int | None, started: int) -> Work:
    """Return all that a run reads; NothingToScore where no score could come of it."""
    withdrawals = await read_withdrawals(reader)
    (version,) = await reader.read(DATA_VERSION, [{}], lambda record: int(record["version"]))
    out = await struck(reader)
    tables, period = await read_events(reader, as_of, out)
    found = market(tables, period)
    read_at = int(time.time())  # before consents are read: what is withdrawn meanwhile counts as withdrawn since
    consenting, around = await read_consenting(reader), await read_beside(reader, found, out)
    return Work(found, tables, consenting, ties(found), around, version, withdrawals, started, read_at)


async def read_withdrawals(reader: Reader) -> int:
    """Return how often somebody objected or was erased so far: what was read before and after two equal counts is of nobody who did."""
    (withdrawals,) = await reader.read(WITHDRAWALS, [{}], lambda record: int(record["withdrawals"]))
    return withdrawals


async def read_events(reader: Reader, as_of: int | None, out: Struck | None = None) -> tuple[Tables, Period]:
    """Return the event tables of a run and its period; NothingToScore where no score could come of them."""
    out = await struck(reader) if out is None else out
    known = await latest(reader, out)
    until = known if as_of is None else as_of
    if until is None:
        raise NothingToScore("the graph holds no event with a time, and --as-of is not given; import data, or give a date")
    _check_as_of(until, known)
    period = Period(until)
    tables = await rated_tables(reader, period, out)
    if as_of is not None and known is not None:
        _check_known(tables, as_of, await earliest(reader))
    if not tables["creators"].num_rows:
        raise NothingToScore("the graph holds no creators; run `creatorgraph import` first")
    return tables, period


async def rated_tables(reader: Reader, period: Period, out: Struck | None = None) -> Tables:
    """Return the events of a period with nothing of those who object to being rated, as if they were not there."""
    tables = await event_tables(reader, period, out)
    (objecting,) = await reader.read(OBJECTING, [{}], lambda record: frozenset[str](record["ids"]))
    creators: list[str] = tables["creators"]["id"].to_pylist()
    return tables if objecting.isdisjoint(creators) else dict(within(tables, [each for each in creators if each not in objecting]))


def _check_as_of(as_of: int, known: int | None) -> None:
    """Raise NothingToScore where every window begins after the last thing that is known: all scores would be empty."""
    if known is not None and Period(as_of).start > known:
        day, last = (iso_day(at) for at in (as_of, known))
        longest = max(Period(as_of).windows)
        raise NothingToScore(
            f"nothing is known of the {longest} days before {day}: the data end on {last}; use --as-of {last}, or leave --as-of out"
        )


def _check_known(tables: Tables, as_of: int, first: int | None) -> None:
    """Raise NothingToScore where creators are known and nothing of what any of them did by the as-of time."""
    if not tables["creators"].num_rows or any(tables[name].num_rows for name in tables.keys() & KNOWN_OF_CREATORS):
        return
    day = iso_day(as_of)
    if first is not None and first < as_of:
        raise NothingToScore(
            f"nothing was known on {day}: all earlier events (from {iso_day(first)} on) first appear in later exports; "
            "use a later --as-of, or leave it out"
        )
    begin = "" if first is None else f": the data begin on {iso_day(first)}"
    raise NothingToScore(f"nothing was known on {day}{begin}; use a later --as-of, or leave it out")


async def read_market(reader: Reader, period: Period) -> Market:
    """Return what the graph holds about the period."""
    return market(await rated_tables(reader, period), period)


async def read_beside(reader: Reader, found: Market, out: Struck | None = None) -> Beside:
    """Return what likeness needs to know of the market's creators and products beside it."""
    creators, products = found.creators.id.tolist(), found.catalogue.product.tolist()
    out = await struck(reader) if out is None else out
    return await beside(reader, creators=creators, products=products, as_of=found.period.as_of, out=out.contents)
