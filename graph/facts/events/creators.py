"""The creators, as they are now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, LiteralString

import numpy as np

from graph.facts.arrays import Columns, Floats, Ints, Texts, floats, ordered, stacked
from graph.facts.reading import Reader

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
    def positions(self) -> dict[str, int]:
        """Code by id."""
        return {str(each): place for place, each in enumerate(self.id)}

    @property
    def tier(self) -> Ints:
        """Follower tier, 0 (under 1,000) to 5 (from 1 M); −1 where followers are unknown."""
        tiers = np.searchsorted(np.array(TIERS), self.followers, side="right")
        return np.where(np.isnan(self.followers), -1, tiers).astype(np.int64)


CREATORS: Final[LiteralString] = """
MATCH (c:Creator)
RETURN
  collect(c.id) AS id,
  collect(coalesce(c.region, '')) AS region,
  collect(coalesce(c.followerCount, -1)) AS followers,
  collect(coalesce(c.joinedAt, -1)) AS joined,
  collect(coalesce(c.firstSeenAt, -1)) AS firstSeen
"""


async def creators(reader: Reader) -> Creators:
    """Return every creator that the graph holds."""
    parts = await reader.read(CREATORS, [{}], _columns)
    return Creators(**ordered(stacked(parts, _columns({})), "id"))


def _columns(record: Mapping[str, Any]) -> Columns:
    unknown = {name: floats(record.get(name, [])) for name in ("followers", "joined", "firstSeen")}
    known = {name: np.where(column < 0, np.nan, column) for name, column in unknown.items()}
    return {
        "id": np.array(record.get("id", []), dtype=np.str_),
        "region": np.array(record.get("region", []), dtype=np.str_),
        "followers": known["followers"],
        "joined": known["joined"],
        "first_seen": known["firstSeen"],
    }
