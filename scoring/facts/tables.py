"""All questions put to all windows: one table, one row a creator, window and category."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from scoring.facts.arrays import Columns
from scoring.facts.breadth import breadth
from scoring.facts.cooperation import cooperation
from scoring.facts.exposure import exposure
from scoring.facts.invitations import invitations
from scoring.facts.lasting import Lasting, lasting
from scoring.facts.listed import listed
from scoring.facts.market import Market
from scoring.facts.partners import partners
from scoring.facts.presence import presence
from scoring.facts.production import production
from scoring.facts.promises import promises
from scoring.facts.ratings import ratings
from scoring.facts.reach import reach
from scoring.facts.reported import reported
from scoring.facts.rhythm import rhythm
from scoring.facts.selling import selling
from scoring.facts.steadiness import steadiness
from scoring.facts.view import View, spreads, view

QUESTIONS: Final[tuple[Callable[[View], Columns], ...]] = (
    exposure,
    production,
    reach,
    selling,
    cooperation,
    partners,
    steadiness,
    presence,
    reported,
    promises,
    ratings,
    invitations,
    breadth,
    rhythm,
)


def table(market: Market) -> Columns:
    """Return the facts, sorted by window, category and creator; the columns `SOLVED` are the caller's to add."""
    over, lasts = spreads(market), lasting(market)
    parts = [_window(view(market, over, window), lasts) for window in sorted(market.period.windows)]
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _window(of: View, lasts: Lasting) -> Columns:
    columns = _group(of)
    for question in QUESTIONS:
        columns |= question(of)
    columns |= listed(of, start=lasts.start, stop=lasts.stop, bursts=lasts.bursts)
    return columns | {name: of.overall(column) for name, column in lasts.columns.items()}


def _group(of: View) -> Columns:
    people, rows = of.market.creators, of.rows
    return {
        "creator": people.id[rows.creator],
        "region": people.region[rows.creator],
        "window": np.full(len(rows), of.window, dtype=np.int64),
        "category": of.market.catalogue.category[rows.category],
        "tier": people.tier[rows.creator],
        "followers": people.followers[rows.creator],
    }
