"""What the platform has reported about each creator: the latest, and all of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from scoring.facts.arrays import ABSENT, Columns, Ints, ordered
from scoring.facts.events.arrow import Table, codes, floats, ints
from scoring.facts.events.creators import Creators
from scoring.facts.events.declarations import REPORTS

REPORTED: Final = {
    "reported_days": "days",
    "reported_videos": "video_count",
    "reported_lives": "live_count",
    "reported_views_per_video": "video_views",
    "reported_engagement_rate": "video_engagement_rate",
    "reported_gmv_usd": "gmv_usd",
    "reported_gmv_low_usd": "gmv_low_usd",
    "reported_gmv_high_usd": "gmv_high_usd",
    "reported_gpm_usd": "gpm_usd",
    "reported_units": "units_sold",
    "reported_fulfilment_rate": "fulfilment_rate",
    "reported_brands": "brand_collaboration_count",
    "reported_live_views": "live_views",
    "reported_posts": "content_count",
    "reported_median_views": "median_video_views",
    "reported_live_engagement_rate": "live_engagement_rate",
    "reported_products": "promoted_product_count",
    "reported_performance_score": "performance_score",
    "reported_rating": "rating",
}
"""Column of the facts → column of the event table."""


@dataclass(frozen=True, slots=True)
class Reports:
    """All reports, sorted by creator and time; `numbers` has a column of floats for each number declared, NaN where not reported."""

    creator: Ints
    at: Ints
    numbers: Columns

    def latest(self, people: int) -> Columns:
        """Return the newest report's numbers, one row for each of `people` creators in order of codes; NaN where nothing is reported."""
        last = np.append(self.creator[1:] != self.creator[:-1], [True])[: len(self.creator)]
        columns = {name: np.full(people, np.nan) for name in REPORTED}
        for name, column in columns.items():
            column[self.creator[last]] = self.numbers[REPORTED[name]][last]
        return columns


def reports(table: Table, creators: Creators) -> Reports:
    """Return the reports about creators who are known."""
    names = [column.name for column in REPORTS.columns if column.name not in ("creator_id", "at")]
    columns: Columns = {"creator": codes(table["creator_id"], creators.values), "at": ints(table["at"])}
    columns |= {name: floats(table[name]) for name in names}
    known = columns["creator"] != ABSENT
    found = ordered({name: column[known] for name, column in columns.items()}, "creator", "at", *names)
    return Reports(found.pop("creator"), found.pop("at"), found)
