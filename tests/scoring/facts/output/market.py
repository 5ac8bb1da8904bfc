"""A market of posting small enough to draw: times in weeks before its end."""

from collections.abc import Sequence

import numpy as np

from scoring.facts.output.evidence import WEEK, Counts, Evidence

END = 20_000 * 86_400


def at(weeks_ago: float) -> float:
    """Return a time so many weeks before the end."""
    return END - weeks_ago * WEEK


def counts(*rows: tuple[int, float, float, float, float]) -> Counts:
    """Return reports: creator, weeks before the end, weeks covered, shoppable posts, all posts."""
    creator, ago, weeks, shoppable, posts = np.array(rows, dtype=np.float64).reshape(-1, 5).T
    until = np.array([at(each) for each in ago])
    return Counts(creator.astype(np.int64), until - weeks * WEEK, until, shoppable, posts)


def market(
    *,
    first: Sequence[float],
    posts: Sequence[tuple[int, float]] = (),
    made: Sequence[float] | None = None,
    promised: Sequence[float] | None = None,
    reports: Counts | None = None,
    watched: float = 20.0,
) -> Evidence:
    """Return what is known of creators first seen so many weeks before the end, who posted then and then."""
    people = len(first)
    seen = sorted((creator, at(ago)) for creator, ago in posts)
    return Evidence(
        people=people,
        end=float(END),
        watched=at(watched),
        first=np.array([at(each) for each in first]),
        creator=np.array([creator for creator, _ in seen], dtype=np.int64),
        at=np.array([when for _, when in seen], dtype=np.int64),
        made=np.full(people, np.nan) if made is None else np.array(made, dtype=np.float64),
        promised=np.zeros(people) if promised is None else np.array(promised, dtype=np.float64),
        counts=counts() if reports is None else reports,
    )
