"""What does the platform say about the creator in sum?"""

from __future__ import annotations

import numpy as np

from scoring.facts.arrays import Columns
from scoring.facts.view import View


def reported(view: View) -> Columns:
    """Return the latest report's numbers in the rows over everything; a report says nothing of a category."""
    rows = view.rows
    latest = view.market.reports.latest(len(view.market.creators.id))
    overall = rows.category == view.market.catalogue.everything
    return {name: np.where(overall, column[rows.creator], np.nan) for name, column in latest.items()}
