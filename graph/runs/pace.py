"""How a run is written: as fast as the database takes it, or leaving the database to readers for as long as it was written to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from time import perf_counter
from typing import Final


@dataclass(frozen=True, slots=True)
class Pace:
    """So many writers at once, each with `1 / part` of the rows that a transaction may hold, resting `rest` times as long as it wrote."""

    writers: int
    part: int
    rest: float

    def rows(self, most: int) -> int:
        """Return how many rows a transaction holds, where it may hold `most`."""
        return max(1, most // self.part)

    @asynccontextmanager
    async def kept(self) -> AsyncGenerator[None]:
        """Write within the block, and rest after it."""
        began = perf_counter()
        yield
        if self.rest:
            await asyncio.sleep(self.rest * (perf_counter() - began))


FULL: Final = Pace(writers=2, part=1, rest=0.0)
GENTLE: Final = Pace(writers=1, part=10, rest=1.0)
"""For a run that a service starts while it answers: whoever reads waits for one small transaction at most."""
