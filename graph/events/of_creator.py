"""All events of one creator, as a scoring run reads those of all."""

from __future__ import annotations

from graph.events.arrow import Table, Tables
from graph.events.catalogue import catalogue
from graph.events.collaborations import collaborations
from graph.events.creators import one_creator
from graph.events.mentions import no_mentions
from graph.events.posts import posts_of
from graph.events.reports import reports_of
from graph.events.sales import sales_of
from graph.events.spans import Period
from graph.events.struck import Struck, struck
from graph.reader import Reader

PRODUCTS = ("features", "sales", "earlier_sales", "promotions")


async def creator_event_tables(reader: Reader, creator: str, period: Period, out: Struck | None = None) -> Tables:
    """Return what the graph holds about one creator and the period, with the products of these events; mentions are left away.

    Reports carry their ids, and beside the latest one the one before, which stands in where the latest is left out. `out` is struck
    out instead of what upheld appeals have.
    """
    out = await struck(reader) if out is None else out
    own = {
        "creators": await one_creator(reader, creator),
        **await posts_of(reader, creator, period, out.contents),
        **await sales_of(reader, creator, period, out.sales),
        **await collaborations(reader, [creator], out, as_of=period.as_of),
        **await reports_of(reader, creator, as_of=period.as_of),
        "mentions": no_mentions(),
    }
    return {**own, **await catalogue(reader, sorted({name for table in PRODUCTS for name in _products(own[table])}))}


def _products(events: Table) -> list[str]:
    return events["product_id"].unique().to_pylist()
