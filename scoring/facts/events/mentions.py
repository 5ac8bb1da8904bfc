"""Which creators named which others in the content of the longest window."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scoring.facts.arrays import ABSENT, Ints, ordered
from scoring.facts.events.arrow import Table, codes, ints
from scoring.facts.events.creators import Creators
from scoring.facts.period import Period


@dataclass(frozen=True, slots=True)
class Mentions:
    """One row a content and creator named, sorted; who names himself is left out."""

    source: Ints
    target: Ints
    at: Ints


def mentions(table: Table, period: Period, creators: Creators) -> Mentions:
    """Return the mentions of the longest window."""
    columns = {
        "source": codes(table["creator_id"], creators.values),
        "target": codes(table["mentioned_id"], creators.values),
        "at": ints(table["published_at"]),
    }
    columns = ordered(columns, "source", "target", "at")
    others = (columns["source"] != columns["target"]) & (columns["source"] != ABSENT) & (columns["target"] != ABSENT)
    others &= period.holds(columns["at"])
    return Mentions(**{name: np.asarray(column[others]) for name, column in columns.items()})
