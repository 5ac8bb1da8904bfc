"""How many points of a change between two runs each kind of event explains: what came, and what went."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np

from scoring.effects.events import LINES, EventKind, Rows, events, union
from scoring.effects.points import Scored

KINDS: Final = tuple(EventKind)


def points_of_news(before: Scored, after: Scored) -> Mapping[EventKind, float | None]:
    """Return by kind what taking away what only the later tables hold takes from the later score, less the reverse.

    Both are to be scored by the same fit. None for a kind without which there would be no score.
    """
    came, went = _moved(after, before), _moved(before, after)
    found = {kind: (came[kind], went[kind]) for kind in KINDS}
    return {kind: None if one is None or other is None else one - other for kind, (one, other) in found.items()}


def _moved(scored: Scored, other: Scored) -> dict[EventKind, float | None]:
    """Return by kind how many points higher a score is for what the other's tables do not hold."""
    unread = _unread(scored, other)
    whole, *without = scored.without(list(unread.values()))
    values = dict(zip(unread, without, strict=True))
    if whole is None:
        return dict.fromkeys(KINDS)
    return {kind: 0.0 if kind not in values else _less(whole, values[kind]) for kind in KINDS}


def _less(whole: float, without: float | None) -> float | None:
    return None if without is None else whole - without


def _unread(scored: Scored, other: Scored) -> dict[EventKind, Rows]:
    """Return by kind the rows that the other's tables do not hold, for kinds of which there are any.

    Order lines have no names; those of a time that the other tables do not reach are not in them.
    """
    known = {event.key for event in events(other.tables)}
    fresh = [event for event in events(scored.tables) if event.kind is not EventKind.SALES and event.key not in known]
    found: dict[EventKind, Rows] = {kind: union(own) for kind in KINDS if (own := [event for event in fresh if event.kind is kind])}
    times = {name: np.asarray(scored.tables[name]["at"].to_pylist(), dtype=np.int64) for name in LINES}
    lines = {name: np.flatnonzero(at >= other.period.until) for name, at in times.items()}
    return found | ({EventKind.SALES: lines} if any(len(places) for places in lines.values()) else {})
