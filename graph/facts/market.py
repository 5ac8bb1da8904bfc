"""Everything that a run looks at, read once."""

from __future__ import annotations

from dataclasses import dataclass

from graph.facts.arrays import Columns
from graph.facts.events.catalogue import Catalogue, catalogue
from graph.facts.events.creators import Creators, creators
from graph.facts.events.deals import Deals, deals
from graph.facts.events.mentions import Mentions, mentions
from graph.facts.events.posts import Features, Posts, posts
from graph.facts.events.reports import reports
from graph.facts.events.sales import Sales, sales
from graph.facts.period import Period
from graph.facts.reading import Reader


@dataclass(frozen=True, slots=True)
class Market:
    """Creators, products and events as columns; the same for a graph's content whatever the order of its making."""

    period: Period
    creators: Creators
    catalogue: Catalogue
    posts: Posts
    features: Features
    sales: Sales
    deals: Deals
    mentions: Mentions
    reports: Columns


async def market(reader: Reader, period: Period) -> Market:
    """Return what the graph holds about the period."""
    people = await creators(reader)
    goods = await catalogue(reader)
    content = await posts(reader, period, people, goods)
    return Market(
        period=period,
        creators=people,
        catalogue=goods,
        posts=content[0],
        features=content[1],
        sales=await sales(reader, period, people, goods, content),
        deals=await deals(reader, period, people, goods),
        mentions=await mentions(reader, period, people),
        reports=await reports(reader, period, people),
    )
