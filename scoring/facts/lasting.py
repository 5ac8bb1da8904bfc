"""What is read from all that is known of a creator, not from one window: reports and plans have windows of their own, and traits last."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scoring.facts.arrays import Columns, Floats
from scoring.facts.audience.evidence import view_evidence
from scoring.facts.audience.views import views
from scoring.facts.listed import has_listing
from scoring.facts.market import Market
from scoring.facts.output.rates import active, output
from scoring.facts.output.sources import evidence


@dataclass(frozen=True, slots=True)
class Lasting:
    """By creator's code: columns, and from when until when each was active (Unix seconds); how much weeks differ beyond chance."""

    columns: Columns
    start: Floats
    stop: Floats
    bursts: float


def lasting(market: Market) -> Lasting:
    """Return what holds in every window; what reports and plans count is left out for creators whose content is listed."""
    known = evidence(market)
    found, extra = active(known)
    rates = {name: np.where(has_listing(market), np.nan, column) for name, column in output(known, found, extra=extra).items()}
    return Lasting(rates | views(view_evidence(market)), found.start, found.stop, extra)
