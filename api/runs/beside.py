"""Outward scorecards computed beside the rest of a run: for many creators in a process of its own, since Python computes on one core."""

from __future__ import annotations

import asyncio
import pickle
import sys
from typing import Any, Final

from api.errors import ApiError
from api.runs.inputs import Work
from api.runs.outward import Outward, outward

MANY: Final = 400
"""From so many creators on, a process is worth the two seconds in which it starts."""


class OutwardLost(ApiError):
    """The process that computes what brands and partners see has ended without it."""


async def outward_beside(work: Work) -> Outward:
    """Return what brands and partners see; OutwardLost where its process fails. Nothing of it goes on once this is cancelled."""
    asked = work.tables, work.market.period, work.consenting, work.beside
    if len(work.market.creators.id) < MANY:
        return await asyncio.to_thread(outward, *asked)
    return await _in_process(asked)


async def _in_process(asked: tuple[Any, ...]) -> Outward:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", __name__),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        start_new_session=True,  # Ctrl-C is the run's to act on
    )
    try:
        told, _ = await process.communicate(pickle.dumps(asked))
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        raise OutwardLost(
            f"the process that scores for brands and partners ended with status {process.returncode}: {_reason(process.returncode)};"
            " the run was given up, and readers still see the one before"
        )
    return pickle.loads(told)


def _reason(status: int) -> str:
    if status < 0:
        return f"signal {-status}, as where memory runs out; give it more memory and score again"
    return "its reason is in the lines before; correct it and score again"


if __name__ == "__main__":
    pickle.dump(outward(*pickle.load(sys.stdin.buffer)), sys.stdout.buffer)
