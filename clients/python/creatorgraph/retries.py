"""Which calls are sent again, and when: exponential backoff with full jitter, as the service asks where it does."""

from __future__ import annotations

import random
from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any, Final

from creatorgraph.errors import Unreachable
from creatorgraph.steps import Answer, Call, Flow, Lost, Pause, Step, T

AGAIN: Final = frozenset({429, 502, 503, 504})
"""Statuses that pass by themselves."""


@dataclass(frozen=True, slots=True)
class Retries:
    """How often a call is sent again, and how long is waited before: a random time below `base` · 2ⁿ seconds, at most `longest`.

    What the service asks for (`Retry-After`) is waited in full, up to `patience` seconds; beyond it the error is raised at once.
    """

    times: int = 3
    base: float = 0.5
    longest: float = 10.0
    patience: float = 60.0
    random: Callable[[], float] = random.random

    def pause(self, call: Call, outcome: Answer | Lost, tried: int) -> float | None:
        """Return the seconds to wait before the call is sent again; None where it is not."""
        if not call.repeatable or tried >= self.times or not _passes(outcome):
            return None
        asked = told(outcome) if isinstance(outcome, Answer) else None
        if asked is None:
            return self.random() * min(self.longest, self.base * 2**tried)
        return asked + self.random() * self.base if asked <= self.patience else None


def retried(flow: Flow[T], policy: Retries) -> Flow[T]:
    """Return the flow with each call sent as often as the policy has it; `Unreachable` where no answer comes."""
    try:
        step: Step = next(flow)
        while True:
            reply = (yield from _sent(step, policy)) if isinstance(step, Call) else (yield step)
            step = flow.send(reply)
    except StopIteration as done:
        return done.value


def told(answer: Answer) -> float | None:
    """Return the seconds that an answer asks to wait: its header, else its first error; None where neither does."""
    header = answer.headers.get("retry-after", "")
    if header.isdecimal():
        return float(header)
    asked = [each.get("extensions", {}).get("retryAfter") for each in answer.errors()]
    return float(asked[0]) if asked and isinstance(asked[0], int | float) else None


def _sent(call: Call, policy: Retries) -> Generator[Step, Any, Answer]:
    tried = 0
    while True:
        outcome: Answer | Lost = yield call
        wait = policy.pause(call, outcome, tried)
        if wait is None:
            break
        yield Pause(wait)
        tried += 1
    if isinstance(outcome, Lost):
        raise Unreachable(f"{call.method} {call.path}: {outcome.reason}") from outcome.cause
    return outcome


def _passes(outcome: Answer | Lost) -> bool:
    """Tell whether the trouble may pass by itself; an answer may say so in an error although its status is 200."""
    if isinstance(outcome, Lost):
        return outcome.resend
    return outcome.status in AGAIN or (outcome.status == 200 and told(outcome) is not None)
