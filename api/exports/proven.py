"""From a viewer to the scorecards that may be proven to them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from api.access.table import visibility
from api.access.viewer import Viewer
from graph.exports import ProvenScorecards, Reading, Seen, outward_signed_of, signed_of
from graph.exports.proven import Seal
from graph.plans.visibility import Reach
from graph.runs import Run
from scoring import proof


async def proven(reading: Reading, run: Run, viewer: Viewer) -> ProvenScorecards:
    """Return the scorecards whose explanations the viewer may see, with their proof; RunDropped for a run without one."""
    seen = seen_by(viewer)
    signed = await outward_signed_of(reading, run, seen.regions) if run.audience else await signed_of(reading, run)
    return ProvenScorecards(reading, run, signed, seen, proof.sealed_facts(), sealing(bytes.fromhex(signed[0].secret)))


def seen_by(viewer: Viewer) -> Seen:
    """Return whose scorecards a viewer may compute again, and whether no facts are withheld: outward, none tells what may not be told."""
    seen = visibility(viewer)
    exact = seen.outward or seen.exact_sales in (Reach.ALL, Reach.OWN)
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
