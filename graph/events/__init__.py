"""What happened, out of the graph: Arrow tables of events, one module a kind. `scoring.facts` declares their columns and what they mean."""

from __future__ import annotations

from graph.events.arrow import Table, Tables
from graph.events.catalogue import catalogue
from graph.events.collaborations import collaborations
from graph.events.creators import creators
from graph.events.latest import earliest, latest
from graph.events.mentions import mentions
from graph.events.of_creator import creator_event_tables
from graph.events.posts import posts
from graph.events.reports import report_history, reports
from graph.events.sales import earlier_sales, sales
from graph.events.spans import Period
from graph.events.struck import FIELDS, Struck, struck
from graph.reader import Reader

__all__ = ["FIELDS", "Period", "Struck", "Table", "Tables", "creator_event_tables", "earliest", "event_tables", "latest", "struck"]


async def event_tables(reader: Reader, period: Period, out: Struck | None = None) -> Tables:
    """Return what the graph holds about the period, by the table's name, as it was known at the as-of time, but what is struck out.

    `out` is that where it has been read before.
    """
    out = await struck(reader) if out is None else out
    people = await creators(reader)
    ids = sorted(people["id"].to_pylist())
    return {
        "creators": people,
        **await catalogue(reader),
        **await posts(reader, period, out.contents),
        "sales": await sales(reader, period, out.sales),
        "earlier_sales": await earlier_sales(reader, period, out.sales),
        **await collaborations(reader, ids, out, as_of=period.as_of),
        "mentions": await mentions(reader, period, out.contents),
        "reports": await reports(reader, ids, as_of=period.as_of),
        "report_history": await report_history(reader, ids, as_of=period.as_of),
    }
