"""From a viewer to the scorecards that may be proven to them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from api.access.table import sight
from api.access.viewer import Viewer
from graph.exports import ProvenScorecards, Reading, Seen, signed_of
from graph.exports.proven import Seal
from graph.plans.sight import Reach
from graph.runs import Run
from scoring import proof


async def proven(reading: Reading, run: Run, viewer: Viewer) -> ProvenScorecards:
    """Return the scorecards whose explanations the viewer may see, with their proof; RunDropped for a run without one."""
    signed = await signed_of(reading, run)
    return ProvenScorecards(reading, run, signed, seen_by(viewer), proof.sealed_facts(), sealing(bytes.fromhex(signed.secret)))


def seen_by(viewer: Viewer) -> Seen:
    """Return whose scorecards a viewer may compute again, and whether exact sales are among the facts."""
    seen = sight(viewer)
    exact = seen.exact_sales in (Reach.ALL, Reach.OWN)
    match seen.explanations:
        case Reach.ALL:
            return Seen(exact=exact)
        case Reach.REGIONS:
            return Seen(regions=seen.regions, exact=exact)
        case Reach.OWN:
            return Seen(creators=(seen.creator or "",), exact=exact)
        case _:
            return Seen(creators=())


def sealing(secret: bytes) -> Seal:
    """Return the function that seals a scorecard's facts with a run's secret."""

    def sealed(creator: str, window: int, category: str, facts: Sequence[float]) -> tuple[str, str]:
        salt, found = proof.seal(secret, (creator, window, category), np.array(facts, dtype=np.float64))
        return salt.hex(), found.hex()

    return sealed
