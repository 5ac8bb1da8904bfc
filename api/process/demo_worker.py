"""`python -m api.process.demo_worker fill|prepare`: make the demo market in a process of its own, and say on standard output how far it is.

Simulating and scoring keep a processor and the interpreter busy for a minute, and cannot be interrupted between two lines; a process
can. It ends with whoever started it: its standard input then ends.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from time import monotonic
from typing import Any, Final

import orjson

from api.process.database import database
from api.process.demo_market import fill_unstarted, prepare
from api.process.ending import at_end_of_input
from api.process.failures import explained
from api.settings import Settings, load
from graph.migrations import migrate
from scoring import NAMES, camel

SECONDS_BETWEEN_NEWS: Final = 0.2


class _News:
    """Writes what is told as lines of JSON, each new stage at once, the rest now and then."""

    def __init__(self) -> None:
        self._stage, self._at = "", 0.0

    def tell(self, stage: str, done: int, total: int) -> None:
        if stage != self._stage or monotonic() - self._at > SECONDS_BETWEEN_NEWS:
            self._stage, self._at = stage, monotonic()
            write(stage=stage, done=done, total=total)


def write(**line: Any) -> None:
    """Write one line."""
    sys.stdout.buffer.write(orjson.dumps(line) + b"\n")
    sys.stdout.buffer.flush()


def main(part: str) -> int:
    """Make one part of the demo; an error that we foresaw becomes a line of its own, and exit code 1."""
    at_end_of_input(lambda: os.killpg(0, signal.SIGKILL))
    settings, news = load(), _News()
    try:
        if part == "fill":
            fill_unstarted(settings, tell=news.tell)
        else:
            asyncio.run(_prepare(settings, news))
    except Exception as error:
        told = explained(error)
        if told is None:
            raise
        write(error=told)
        return 1
    return 0


async def _prepare(settings: Settings, news: _News) -> None:
    async with database(settings) as driver:
        await migrate(driver, indicators=[camel(name) for name in NAMES], database=settings.neo4j_database)
        await prepare(settings, driver, tell=news.tell)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
