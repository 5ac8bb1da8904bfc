"""What the platform reported about each creator over time: a report is a look at 30 days or so, and no look is exact."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from scoring.facts.arrays import ABSENT, Bools, Floats, Ints, ordered
from scoring.facts.events.arrow import Table, codes, floats, ints
from scoring.facts.events.creators import Creators
from scoring.facts.period import DAY, Period

REACH: Final = 360
"""Days of reports that are looked at."""


@dataclass(frozen=True, slots=True)
class ReportHistory:
    """All reports of `REACH` days that were known at the as-of time, sorted by creator and time; numbers are NaN where unknown."""

    creator: Ints
    at: Ints
    days: Floats
    contents: Floats
    videos: Floats
    lives: Floats
    video_views: Floats
    median_video_views: Floats
    live_views: Floats
    engagement_rate: Floats
    followers: Floats
    rating: Floats
    fulfilment_rate: Floats

    @property
    def shoppable(self) -> Floats:
        """Shoppable posts: videos and live streams, as far as either is known."""
        both = np.nan_to_num(self.videos) + np.nan_to_num(self.lives)
        return np.where(np.isnan(self.videos) & np.isnan(self.lives), np.nan, both)

    def apart(self, chosen: Bools) -> Bools:
        """Return which of the chosen reports to look at so that no two of a creator cover a day twice: the newest, and back from it."""
        kept = np.zeros(len(self.at), dtype=np.bool_)
        place = np.flatnonzero(chosen)[::-1]
        begins = np.full(int(self.creator.max(initial=ABSENT)) + 1, np.inf)
        creator = self.creator[place]
        turn = np.arange(len(place)) - np.searchsorted(-creator, -creator)
        for one in range(int(turn.max(initial=ABSENT)) + 1):
            now = place[turn == one]
            fits = now[self.at[now] <= begins[self.creator[now]]]
            begins[self.creator[fits]] = self.at[fits] - np.nan_to_num(self.days[fits]) * DAY
            kept[fits] = True
        return kept


def report_history(table: Table, period: Period, creators: Creators) -> ReportHistory:
    """Return the reports of known creators."""
    columns = {
        "creator": codes(table["creator_id"], creators.values),
        "at": ints(table["at"]),
        "days": floats(table["days"]),
        "contents": floats(table["content_count"]),
        "videos": floats(table["video_count"]),
        "lives": floats(table["live_count"]),
        "video_views": floats(table["video_views"]),
        "median_video_views": floats(table["median_video_views"]),
        "live_views": floats(table["live_views"]),
        "engagement_rate": floats(table["video_engagement_rate"]),
        "followers": floats(table["follower_count"]),
        "rating": floats(table["rating"]),
        "fulfilment_rate": floats(table["fulfilment_rate"]),
    }
    known = (columns["creator"] != ABSENT) & (columns["at"] <= period.as_of) & (columns["at"] >= period.since(REACH))
    return ReportHistory(**ordered({name: column[known] for name, column in columns.items()}, "creator", "at", *list(columns)[2:]))
