"""What goes on beside the readers: imports of new and changed order lines, and scoring runs."""

from __future__ import annotations

import asyncio
import os
import sys
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from time import perf_counter
from typing import Any, Final

import httpx
import pyarrow as pa
import pyarrow.parquet as pq

from bench.soak.followers import asked

COMMAND: Final = (sys.executable, "-c", "from api.commands import main; main()")
LINES: Final = 300
SECONDS_BETWEEN_IMPORTS: Final = 30.0
SCORE: Final = "mutation { startScoringRun(input: {}) { job { jobId } userErrors { code } } }"
JOB: Final = "{ scoringJob { jobId status } }"
UNDER_WAY: Final = "RUNNING"


@dataclass(slots=True)
class Work:
    """Imports and runs, how long they took, and how they ended."""

    folder: Path
    sales: Any
    environment: dict[str, str]
    ends: Counter[str] = field(default_factory=Counter[str])
    over: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when nothing more is to be begun."""
    import_seconds: list[float] = field(default_factory=list[float])
    run_seconds: list[float] = field(default_factory=list[float])

    async def importing(self) -> None:
        """Import one round of lines after the other."""
        for number in count(1):
            if self.over.is_set():
                return
            folder = self.folder / str(number)
            folder.mkdir(parents=True)
            pq.write_table(self.lines(number), folder / "sales.parquet")
            began = perf_counter()
            process = await asyncio.create_subprocess_exec(
                *COMMAND, "import", str(folder), env=self.environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
            )
            said, _ = await process.communicate()
            self.import_seconds.append(perf_counter() - began)
            self.ends[f"import {process.returncode}"] += 1
            if process.returncode:
                sys.stderr.write(said.decode(errors="replace"))
            await self._pause(SECONDS_BETWEEN_IMPORTS)

    async def scoring(self, client: httpx.AsyncClient, every: float) -> None:
        """Score every so many seconds."""
        while not self.over.is_set():
            began = perf_counter()
            made = (await asked(client, SCORE))["startScoringRun"]
            assert not made["userErrors"], made
            while (status := (await asked(client, JOB))["scoringJob"]["status"]) == UNDER_WAY:
                await asyncio.sleep(0.5)
            self.run_seconds.append(perf_counter() - began)
            self.ends[f"run {status}"] += 1
            await self._pause(every - self.run_seconds[-1])

    async def _pause(self, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self.over.wait(), max(0.0, seconds))

    def lines(self, number: int) -> pa.Table:
        """Return new lines, and those of the round before as refunded; all within the last day that is known."""
        latest = max(self.sales["at"].to_pylist())
        rows: list[dict[str, Any]] = []
        for of, status in ((number, "PLACED"), (number - 1, "REFUNDED")):
            start = of * LINES % max(1, self.sales.num_rows - LINES)
            for at, row in enumerate(self.sales.slice(start, LINES).to_pylist() if of else []):
                order, quantity = f"{8_000_000_000 + of * LINES + at}", int(row["quantity"])
                seen = [latest - 60, *([latest - 30] if status == "REFUNDED" else [])]
                rows.append(
                    row
                    | {"id": f"{order}:1", "order_id": order, "at": latest - 60, "delivered_at": None, "status": status, "raw_status": None}
                    | {"refunded_quantity": quantity if status == "REFUNDED" else 0, "seen_at": seen}
                    | {"statuses": ["PLACED", "REFUNDED"][: len(seen)], "refunded_quantities": [0, quantity][: len(seen)]}
                )
        return pa.Table.from_pylist(rows, schema=self.sales.schema)


def environment(home: str, uri: str, auth: tuple[str, str]) -> dict[str, str]:
    """Return the variables of a command that works on the database."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("CREATORGRAPH_", "NEO4J_"))}
    return own | {"CREATORGRAPH_HOME": home, "NEO4J_URI": uri, "NEO4J_USERNAME": auth[0], "NEO4J_PASSWORD": auth[1]}
