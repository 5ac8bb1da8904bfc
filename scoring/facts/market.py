"""Everything that a run looks at, as columns."""

from __future__ import annotations

from dataclasses import dataclass

from scoring.facts.arrays import Columns
from scoring.facts.events.arrow import Column, Tables
from scoring.facts.events.catalogue import Catalogue, catalogue
from scoring.facts.events.checks import refuse_undeclared
from scoring.facts.events.creators import Creators, creators
from scoring.facts.events.deals import Deals, deals
from scoring.facts.events.mentions import Mentions, mentions
from scoring.facts.events.posts import Features, Posts, posts
from scoring.facts.events.report_history import ReportHistory, report_history
from scoring.facts.events.reports import reports
from scoring.facts.events.sales import Sales, earlier_sales, sales
from scoring.facts.period import Period


@dataclass(frozen=True, slots=True)
class Market:
    """Creators, products and events as columns; the same whatever the order of the event tables' rows.

    `posts`, `features` and `sales` are those of the longest window, `past_posts` and `past_features` those of `HISTORY`;
    `earlier_sales` are all order lines from before.
    """

    period: Period
    creators: Creators
    catalogue: Catalogue
    posts: Posts
    features: Features
    past_posts: Posts
    past_features: Features
    sales: Sales
    earlier_sales: Sales
    deals: Deals
    mentions: Mentions
    reports: Columns
    report_history: ReportHistory
    content_ids: Column
    """The ids that `Posts.name` and `Sales.content` number."""


def market(tables: Tables, period: Period) -> Market:
    """Return what the event tables hold about the period; raises `EventTableError` where they are not as declared."""
    refuse_undeclared(tables)
    people, goods = creators(tables["creators"]), catalogue(tables)
    content = posts(tables, period, people, goods)
    past_posts, past_features, _ = posts(tables, period.history, people, goods)
    return Market(
        period=period,
        creators=people,
        catalogue=goods,
        posts=content[0],
        features=content[1],
        past_posts=past_posts,
        past_features=past_features,
        sales=sales(tables["sales"], period, people, goods, content),
        earlier_sales=earlier_sales(tables["earlier_sales"], period, people, goods, content[2]),
        deals=deals(tables, period, people, goods),
        mentions=mentions(tables["mentions"], period, people),
        reports=reports(tables["reports"], people),
        report_history=report_history(tables["report_history"], period, people),
        content_ids=content[2],
    )
