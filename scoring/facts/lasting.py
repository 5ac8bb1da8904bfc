"""What is read from all that is known of a creator, not from one window: reports and plans have windows of their own, and traits last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from scoring.facts.arrays import Columns, Floats
from scoring.facts.audience.evidence import view_evidence
from scoring.facts.audience.views import views
from scoring.facts.listed import has_listing
from scoring.facts.market import Market
from scoring.facts.output.rates import active, output
from scoring.facts.output.sources import evidence

OWN: Final = ("followers", "seen_")
"""How columns begin that come from a creator's profile and single posts."""


@dataclass(frozen=True, slots=True)
class Lasting:
    """By creator's code: columns, and from when until when each was active (Unix seconds); how much weeks differ beyond chance."""

    columns: Columns
    start: Floats
    stop: Floats
    bursts: Floats


def lasting(market: Market) -> Lasting:
    """Return what holds in every window; what reports and plans count is left out for creators whose content is listed."""
    known, whole = evidence(market), has_listing(market)
    found, extra = active(known)
    columns = output(known, found, extra=extra) | views(view_evidence(market))
    again = {name for name in columns if not name.startswith(OWN)}
    columns = {name: np.where(whole, np.nan, column) if name in again else column for name, column in columns.items()}
    return Lasting(columns, found.start, found.stop, extra)
