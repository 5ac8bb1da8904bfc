"""One POST to a receiver, bounded in time and in what is read of the answer: its status and headers, and nothing else."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime
from time import time
from typing import Any, Final, cast

import httpcore

from api.webhooks.addresses import AddressRefused, addresses
from graph.tracing import CALL, span

SECONDS_TO_CONNECT: Final = 5.0
SECONDS: Final = 15.0
"""For the whole attempt, looking up the name included."""

GONE: Final = 410
AGENT: Final = "creatorgraph-webhooks"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an attempt: the receiver's status, or why there is none; `retry_after` is the second that it asks us to wait for."""

    status: int | None
    error: str | None = None
    retry_after: float | None = None

    @property
    def delivered(self) -> bool:
        """Whether the receiver has it."""
        return self.status is not None and 200 <= self.status < 300

    @property
    def gone(self) -> bool:
        """Whether the receiver wants nothing more, ever."""
        return self.status == GONE

    @property
    def name(self) -> str:
        """What is counted of it: `delivered`, `gone` or `failed`."""
        return "delivered" if self.delivered else "gone" if self.gone else "failed"


class Guarded(httpcore.AsyncNetworkBackend):
    """Connects to addresses that were looked at, never to a name."""

    def __init__(self, *, private: bool) -> None:
        """Connect to public addresses alone, or to `private` ones too."""
        self._private = private
        self._network = cast("httpcore.AsyncNetworkBackend", httpcore.AnyIOBackend())  # in its stead stands a stub where there is no anyio

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first address that answers."""
        failure: Exception = httpcore.ConnectError(f"{host} has no address")
        for each in await addresses(host, port, private=self._private):
            try:
                return await self._network.connect_tcp(each, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)


class Post:
    """Posts to receivers, each on a connection of its own; redirects are answers like any other."""

    def __init__(self, *, private: bool, seconds: float = SECONDS, trust: ssl.SSLContext | None = None) -> None:
        """Post to public addresses alone, or to `private` ones too; `trust` says whose certificates are valid."""
        self._network, self._seconds = Guarded(private=private), seconds
        self._trust = trust or ssl.create_default_context()

    async def __call__(self, url: str, headers: Mapping[str, str], body: bytes) -> Outcome:
        """Send a body; whatever goes wrong is an outcome."""
        # Where to is not told: an address may hold a secret of its receiver.
        with span("POST", {"http.request.method": "POST"}, CALL) as posting:
            outcome = await self._posted(url, headers, body)
            if outcome.status is not None:
                posting.set("http.response.status_code", outcome.status)
            if not outcome.delivered:
                posting.fail("no answer" if outcome.status is None else str(outcome.status))
            return outcome

    async def _posted(self, url: str, headers: Mapping[str, str], body: bytes) -> Outcome:
        given = {"Content-Type": "application/json", "User-Agent": AGENT, "Connection": "close", **headers}.items()
        timeouts = {"connect": SECONDS_TO_CONNECT, "read": self._seconds, "write": self._seconds, "pool": self._seconds}
        try:
            async with (
                asyncio.timeout(self._seconds),
                httpcore.AsyncConnectionPool(ssl_context=self._trust, network_backend=self._network) as pool,
                pool.stream("POST", url, headers=list(given), content=body, extensions={"timeout": timeouts}) as response,
            ):
                return _outcome(response)
        except AddressRefused as error:
            return Outcome(None, str(error))
        except (TimeoutError, httpcore.TimeoutException):
            return Outcome(None, f"no answer within {self._seconds:g} seconds")
        except (OSError, httpcore.NetworkError, httpcore.ProtocolError) as error:
            return Outcome(None, f"{type(error).__name__}: {error}"[:300])


def _outcome(response: httpcore.Response) -> Outcome:
    given = {name.lower(): value.decode("latin-1") for name, value in response.headers}
    outcome = Outcome(response.status, retry_after=_retry_after(given.get(b"retry-after")))
    if outcome.delivered:
        return outcome
    return Outcome(response.status, f"the receiver answered {response.status}", outcome.retry_after)


def _retry_after(text: str | None) -> float | None:
    """Return the second until which a receiver asks us to wait, given in seconds or as a date; None for anything else."""
    if text is None:
        return None
    if text.strip().isdecimal():
        return time() + int(text.strip()[:9])
    try:
        found = parsedate_to_datetime(text)
    except ValueError:
        return None
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()
