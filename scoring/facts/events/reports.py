"""What the platform last reported about each creator."""

from __future__ import annotations

from typing import Final

import numpy as np

from scoring.facts.arrays import ABSENT, Columns
from scoring.facts.events.arrow import Table, codes, floats
from scoring.facts.events.creators import Creators

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
}
"""Column of the facts → column of the event table."""


def reports(table: Table, creators: Creators) -> Columns:
    """Return the latest report's numbers, one row for each creator in order of their codes; NaN where nothing is reported."""
    place = codes(table["creator_id"], creators.values)
    known = place != ABSENT
    columns = {name: np.full(len(creators.id), np.nan) for name in REPORTED}
    for name, column in columns.items():
        column[place[known]] = floats(table[REPORTED[name]])[known]
    return columns
