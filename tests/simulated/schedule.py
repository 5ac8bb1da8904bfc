"""A schedule: from one seed, who goes on next, how long it takes, and what breaks."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final

from tests.simulated.line import Line
from tests.simulated.loop import Life, SimulatedLoop

MOST_STEPS: Final = 4_000
"""By then every schedule is over, unless something is stuck."""

FAITHFUL: Final = 0.7
"""How often whoever went last goes on."""

LATE: Final = 0.06
"""How often time passes though somebody could go on."""


class Stuck(Exception):
    """Nobody can go on, though not all is done."""


@dataclass(eq=False)
class Turn:
    """Somebody who waits for a turn at something that is not the database."""

    life: Life
    what: str
    future: asyncio.Future[None]


@dataclass
class Schedule:
    """Decides by a seed; `faults` break something at so many of a hundred steps, at most `most_faults` times."""

    seed: int
    faults: int = 3
    most_faults: int = 4
    calm: bool = True
    """While it is, nothing breaks and all go on in the order in which they came."""
    trace: list[str] = field(default_factory=list[str])
    fragile: list[Life] = field(default_factory=list[Life])
    """Who may be killed."""
    attempts: list[tuple[str, asyncio.Task[Any]]] = field(default_factory=list[tuple[str, asyncio.Task[Any]]])
    """What may be cancelled, as by a client who hangs up."""

    def __post_init__(self) -> None:
        """Begin."""
        self.random = Random(self.seed)
        self._turns: list[Turn] = []
        self._last: Life | None = None
        self._steps = 0
        self.broken = 0

    def note(self, text: str) -> None:
        """Write a step down."""
        self.trace.append(f"{len(self.trace):4} {text}")

    async def turn(self, loop: SimulatedLoop, life: Life, what: str) -> None:
        """Wait for a turn."""
        turn = Turn(life, what, loop.create_future())
        self._turns.append(turn)
        try:
            await turn.future
        finally:
            if turn in self._turns:
                self._turns.remove(turn)

    def next(self, loop: SimulatedLoop, *, timer: bool) -> bool:
        """Let one go on, break something, or have time pass."""
        self._steps += 1
        ready: list[Line | Turn] = [*loop.parked, *self._turns]
        if not ready and not timer:
            raise Stuck("nobody can go on")
        if self._steps > MOST_STEPS:
            raise Stuck(f"not over after {MOST_STEPS} steps")
        if not ready or (timer and not self.calm and self.random.random() < LATE):
            return True
        if not self.calm and self._breaks() and self._break(loop, ready):
            return False
        self._let_through(loop, self._chosen(ready))
        return False

    def _breaks(self) -> bool:
        return self.broken < self.most_faults and self.random.randrange(100) < self.faults

    def _chosen(self, ready: list[Line | Turn]) -> Line | Turn:
        if self.calm:
            return ready[0]
        own = [each for each in ready if each.life is self._last]
        return self.random.choice(own if own and self.random.random() < FAITHFUL else ready)

    def _let_through(self, loop: SimulatedLoop, each: Line | Turn, *, swallows: bool = False) -> None:
        self._last = each.life
        if isinstance(each, Line):
            self.note(f"{each.life.name}: {each.describe()}{', and the answer is lost' if swallows else ''}")
            loop.grant(each, swallows=swallows)
        else:
            self.note(f"{each.life.name}: {each.what}")
            self._turns.remove(each)
            each.future.set_result(None)

    def _break(self, loop: SimulatedLoop, ready: list[Line | Turn]) -> bool:
        """Break something; tell whether there was anything to break."""
        kind = self.random.choice(("before", "after", "crash", "cancel", "late"))
        lines = [each for each in ready if isinstance(each, Line)]
        attempts = [each for each in self.attempts if not each[1].done()]
        if kind in ("before", "after") and lines:
            self.broken += 1
            line = self.random.choice(lines)
            if kind == "after":
                self._let_through(loop, line, swallows=True)
            else:
                self.note(f"{line.life.name}: {line.describe()} is lost, and the connection with it")
                line.break_off()
        elif kind == "crash" and self.fragile:
            self.broken += 1
            life = self.random.choice(self.fragile)
            self.note(f"{life.name}: is killed")
            self.fragile.remove(life)
            loop.crash(life)
        elif kind == "cancel" and attempts:
            self.broken += 1
            name, task = self.random.choice(attempts)
            self.note(f"{name}: is given up")
            task.cancel()
        elif kind == "late":
            self.broken += 1
            seconds = self.random.choice((1, 30, 3_600))
            self.note(f"{seconds} s pass")
            loop.now += seconds
        else:
            return False
        return True
