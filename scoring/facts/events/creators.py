"""The creators, as they are now."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from scoring.facts.arrays import Floats, Ints, Texts, ordered
from scoring.facts.events.arrow import Column, Table, floats, texts, values

TIERS: Final = (1_000, 10_000, 100_000, 500_000, 1_000_000)
"""Followers at which the next tier begins."""


@dataclass(frozen=True, slots=False)
class Creators:
    """All creators, sorted by id; a creator's code is its place here.

    Regions and followers are today's, also in a run as of an earlier day: the graph keeps no history of them.
    """

    id: Texts
    region: Texts
    followers: Floats
    joined: Floats
    first_seen: Floats

    @cached_property
    def values(self) -> Column:
        """Ids to look codes up among."""
        return values(self.id)

    @property
    def region_codes(self) -> Ints:
        """The place of each one's region among all, in the order of their names."""
        return np.unique(self.region, return_inverse=True)[1].astype(np.int64)

    @property
    def tier(self) -> Ints:
        """Follower tier, 0 (under 1,000) to 5 (from 1 M); −1 where followers are unknown."""
        tiers = np.searchsorted(np.array(TIERS), self.followers, side="right")
        return np.where(np.isnan(self.followers), -1, tiers).astype(np.int64)


def creators(table: Table) -> Creators:
    """Return the creators, in order of their ids."""
    columns = {
        "id": texts(table["id"]),
        "region": texts(table["region"]),
        "followers": floats(table["follower_count"]),
        "joined": floats(table["joined_at"]),
        "first_seen": floats(table["first_seen_at"]),
    }
    return Creators(**ordered(columns, "id"))
