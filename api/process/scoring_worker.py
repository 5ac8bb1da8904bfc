"""`python -m api.process.scoring_worker`: score in a process of its own, as the first line of standard input says.

Scoring keeps a processor and the interpreter busy, and whoever serves answers meanwhile. It ends with whoever started it: its standard
input then ends.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import orjson

from api.http.logs import configure
from api.process.database import database
from api.process.ending import at_end_of_input, count_down, leave
from api.proof.signing import Signer
from api.runs.job import Order, ScoringCancelled, ScoringOvertaken
from api.runs.scoring_run import score
from api.settings import Settings, load
from api.telemetry import traces

LOG: Final = logging.getLogger("creatorgraph.scoring")
NICENESS: Final = 5
"""Those who wait for answers come first."""


def main() -> None:
    """Score once. Exit code 0: scored, cancelled, or overtaken by another job; 1: failed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(NICENESS)
    given = orjson.loads(sys.stdin.buffer.readline())
    settings, order = settings_of(given["settings"]), Order(**given["order"])
    configure(settings.log_level)
    with asyncio.Runner() as runner:
        with traces():
            code = runner.run(_scored(settings, order))
        leave(code)  # without waiting for threads that still compute what nobody wants any more


def settings_of(given: dict[str, Any]) -> Settings:
    """Return the settings that the process was given, over those of its own environment."""
    return replace(load(), **{**given, "home": Path(given["home"]), "cache": Path(given["cache"])})


async def _scored(settings: Settings, order: Order) -> int:
    task, running = asyncio.current_task(), asyncio.get_running_loop()
    assert task is not None, "a coroutine runs in a task"
    at_end_of_input(lambda: running.call_soon_threadsafe(_end, task))
    running.add_signal_handler(signal.SIGTERM, _end, task)
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
    except asyncio.CancelledError:
        return 128 + signal.SIGTERM
    except Exception:
        LOG.exception("scoring has failed")
        return 1
    return 0


def _end(task: asyncio.Task[object]) -> None:
    count_down(signal.SIGTERM)
    task.cancel()


if __name__ == "__main__":
    main()
