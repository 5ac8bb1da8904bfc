"""Who may have a request worked on: so many at once, so many of one key, the rest in lines, and none once the lines are full.

Health and metrics are answered whatever else goes on, and some turns are kept for administrators. Whoever sends keys that
are not valid, or many requests a second that are refused, is let in more and more slowly.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from contextlib import AsyncExitStack
from time import monotonic
from typing import Final

from starlette.types import ASGIApp, Receive, Scope, Send

from api.access.keyring import Keyring
from api.access.viewer import Role
from api.errors import ApiError, NotReady, TooManyAtOnce, Unauthenticated
from api.http.answers import refusal
from api.http.headers import header
from api.http.negotiation import JSON
from graph.tracing import span
from graph.turns import Full, Turns

ALWAYS: Final = frozenset({"/healthz", "/readyz", "/metrics"})
RESERVED: Final = 4
"""Turns that only administrators have."""
SECONDS: Final = 10.0
"""How long a request waits for its turn."""
RETRY: Final = 2


class Admission:
    """Lets requests in, in turn."""

    def __init__(self, app: ASGIApp, *, keyring: Keyring, attempts: Attempts, most: int) -> None:
        """Wrap `app`, with `most` requests at once, a quarter of them for one key, and four times as many waiting."""
        self.app, self._keyring = app, keyring
        self._attempts, self._refusals = attempts, Refusals()
        self._turns = Turns(most=most, each=max(1, most // 4), waiting=4 * most, waiting_each=most)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request when it is its turn."""
        if scope["type"] != "http" or scope["path"] in ALWAYS:
            await self.app(scope, receive, send)
            return
        holder, beyond, wait, each = self._holder(scope)
        async with AsyncExitStack() as held:
            try:
                async with asyncio.timeout(SECONDS):
                    await held.enter_async_context(self._turns.turn(holder, beyond=beyond, each=each))
            except (Full, TimeoutError) as error:
                scope["state"]["kind"] = "refused"
                await refusal(self._refused(error), JSON)(scope, receive, send)
                return
            if wait:
                with span("hold back"):
                    await asyncio.sleep(wait)
            scope["state"]["end_turn"] = held.aclose
            await self.app(scope, receive, send)
            if scope["state"].get("kind") == "refused":
                self._refusals.refused(holder)

    def _holder(self, scope: Scope) -> tuple[str, int, float, int | None]:
        """Return whose turn a request takes, how many are kept for it, how many seconds it is held back, and its own limit, if any."""
        address = scope["client"][0] if scope.get("client") else ""
        authorization = header(scope, b"authorization")
        if authorization is None:
            return f"from {address}", 0, 0.0, None
        try:
            viewer = self._keyring.viewer(authorization.decode("latin-1"))
        except Unauthenticated:
            return f"failed from {address}", 0, self._attempts.failed(address), None
        beyond = RESERVED if viewer.role is Role.ADMIN else 0
        return viewer.key_id, beyond, self._refusals.wait(viewer.key_id), viewer.requests_at_once

    def _refused(self, error: Exception) -> ApiError:
        headers = {"Retry-After": str(RETRY)}
        if isinstance(error, Full) and error.holder:
            return TooManyAtOnce(
                "too many requests of this key (or, without a key, of this address) are waiting; send fewer at once",
                headers=headers,
                retryAfter=RETRY,
            )
        return NotReady(f"the service is busy: {self._turns.waiting} requests are waiting; try again in {RETRY} s", headers=headers)


class Attempts:
    """How often each address has sent a key that is not valid, and how long the next such request is held back for it."""

    FREE: Final = 5
    FORGOTTEN: Final = 60.0
    LONGEST: Final = 5.0
    ADDRESSES: Final = 10_000

    def __init__(self) -> None:
        """Start with none."""
        self._failures: OrderedDict[str, tuple[int, float]] = OrderedDict()

    def failed(self, address: str, *, now: float | None = None) -> float:
        """Note a failure and return how many seconds to hold it back: none for the first few, then twice as many each time."""
        at = monotonic() if now is None else now
        count, last = self._failures.pop(address, (0, at))
        count = count + 1 if at - last < self.FORGOTTEN else 1
        self._failures[address] = (count, at)
        if len(self._failures) > self.ADDRESSES:
            self._failures.popitem(last=False)
        return min(self.LONGEST, 0.1 * 2 ** min(count - self.FREE, 20)) if count > self.FREE else 0.0


class Refusals:
    """How many requests of each key were refused lately, and how long its next one is held back for it.

    To refuse costs little, but a client that only tries again at once can keep a core busy with it.
    """

    FREE: Final = 50
    FORGOTTEN_A_SECOND: Final = 5.0
    LONGEST: Final = 1.0

    def __init__(self) -> None:
        """Start with none."""
        self._levels: dict[str, tuple[float, float]] = {}

    def refused(self, key_id: str, *, now: float | None = None) -> None:
        """Note a refusal."""
        at = monotonic() if now is None else now
        self._levels[key_id] = (self._level(key_id, at) + 1, at)

    def wait(self, key_id: str, *, now: float | None = None) -> float:
        """Return for how many seconds to hold a request back: a tenth for each refusal beyond those that are free."""
        beyond = self._level(key_id, monotonic() if now is None else now) - self.FREE
        return min(self.LONGEST, max(0.0, beyond / 10))

    def _level(self, key_id: str, at: float) -> float:
        level, since = self._levels.get(key_id, (0.0, at))
        return max(0.0, min(level, 2 * self.FREE) - (at - since) * self.FORGOTTEN_A_SECOND)
