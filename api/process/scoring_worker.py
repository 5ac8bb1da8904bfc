"""`python -m api.process.scoring_worker`: score in a process of its own.

Scoring keeps a processor and the interpreter busy, and whoever serves answers meanwhile.
"""

from __future__ import annotations

import logging
from typing import Any, Final

from api.process.database import database
from api.process.job_worker import run
from api.proof.signing import Signer
from api.runs.job import Order, ScoringCancelled, ScoringOvertaken
from api.runs.scoring_run import score
from api.settings import Settings

LOG: Final = logging.getLogger("creatorgraph.scoring")


async def scored(settings: Settings, given: dict[str, Any]) -> int:
    """Score once. Exit code 0: scored, cancelled, or overtaken by another job; 1: failed."""
    order = Order(**given)
    try:
        async with database(settings) as driver:
            await score(
                driver,
                as_of=order.as_of,
                kept=settings.keep_runs,
                database=settings.neo4j_database,
                signer=Signer.of(settings.home),
                drift_limit=settings.drift_limit,
                order=order,
            )
    except ScoringCancelled as cancelled:
        LOG.info(cancelled.message)
    except ScoringOvertaken as overtaken:
        LOG.warning(overtaken.message)
    except Exception:
        LOG.exception("scoring has failed")
        return 1
    return 0


if __name__ == "__main__":
    run(scored)
