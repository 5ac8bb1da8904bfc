"""The issuer's keys as this process knows them: read when needed, read anew in time, and kept for a while where the issuer is away."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from math import inf
from typing import Final

from api.errors import NotReady
from api.oidc.fetching import FetchFailed, fetched
from api.oidc.signing_keys import SigningKey, signing_keys, suitable

LOG: Final = logging.getLogger("creatorgraph.oidc")
FRESH: Final = 300.0
"""Seconds after which keys are read anew beside the next use of a token; after twice as many the token waits for it.

A key that has left the set so stops working within ten minutes, unless the issuer does not answer.
"""
BETWEEN: Final = 10.0
"""Seconds between two reads at least, whatever tokens name: made-up key ids cannot make us hammer the issuer."""
KEPT: Final = 6 * 3600.0
"""Seconds for which keys are used while the issuer does not answer."""
DISCOVERY: Final = "/.well-known/openid-configuration"


class KeySet:
    """The keys of one issuer."""

    def __init__(
        self, issuer: str, *, jwks_uri: str | None, trust: Callable[[frozenset[str], float], None], clock: Callable[[], float]
    ) -> None:
        """Read keys from `jwks_uri`, or from where discovery says; `trust` is told which keys hold, and until when."""
        self._issuer, self._jwks_uri, self._trust, self._clock = issuer, jwks_uri, trust, clock
        self._keys: tuple[SigningKey, ...] = ()
        self._read_at = self._tried_at = -inf
        self._reading: asyncio.Task[None] | None = None
        self._failing = False

    async def key(self, kid: str | None, algorithm: str) -> SigningKey | None:
        """Return the key that a token names; None where the set has none, NotReady where there is no set."""
        await self.fresh()
        found = suitable(self._usable, kid, algorithm)
        if found is None:
            self._begin()
            await self._read_through()
            found = suitable(self._usable, kid, algorithm)
        if found is None and not self._usable:
            seconds = int(BETWEEN)
            raise NotReady(
                f"the keys of the identity provider cannot be read; try again in {seconds} s, or use an access key",
                headers={"Retry-After": str(seconds)},
            )
        return found

    def renew(self) -> None:
        """Have keys that are no longer fresh read anew, while those that are there are used on; call it on the event loop."""
        if self._clock() - self._read_at >= FRESH:
            self._begin()

    async def fresh(self) -> None:
        """Do the same, and wait for it where keys were not read for long; while the issuer does not answer, nobody waits again."""
        self.renew()
        if self._clock() - self._read_at >= 2 * FRESH and not self._failing:
            await self._read_through()

    async def close(self) -> None:
        """End a read that is under way."""
        if self._reading is not None:
            self._reading.cancel()
            await asyncio.gather(self._reading, return_exceptions=True)

    @property
    def _usable(self) -> tuple[SigningKey, ...]:
        return self._keys if self._clock() - self._read_at < KEPT else ()

    def _begin(self) -> None:
        """Begin to read, unless that is under way, or was tried a moment ago."""
        if self._reading is None and self._clock() - self._tried_at >= BETWEEN:
            self._tried_at = self._clock()
            self._reading = asyncio.get_running_loop().create_task(self._read())

    async def _read_through(self) -> None:
        """Wait for a read that is under way; whoever stops waiting does not end it for the others."""
        if self._reading is not None:
            await asyncio.shield(self._reading)

    async def _read(self) -> None:
        try:
            keys = signing_keys(await fetched(self._jwks_uri or await self._discovered()))
            if not keys:
                raise FetchFailed("the key set has no key that tokens may be signed with")
        except FetchFailed as error:
            self._failed(error)
        else:
            self._keys, self._read_at = keys, self._clock()
            self._trust(frozenset(each.thumbprint for each in keys), self._read_at + KEPT)
            if self._failing:
                LOG.info("the identity provider's keys are read again")
            self._failing = False
        finally:
            self._reading = None

    def _failed(self, error: FetchFailed) -> None:
        """Say so once, until it is over."""
        if not self._failing:
            fields = {"issuer": self._issuer, "error": str(error)}
            LOG.warning("the identity provider's keys cannot be read; the last ones are kept for 6 hours", extra={"fields": fields})
        self._failing = True

    async def _discovered(self) -> str:
        """Return where discovery says that the keys are."""
        found = await fetched(self._issuer.rstrip("/") + DISCOVERY)
        if (issuer := found.get("issuer")) != self._issuer:
            raise FetchFailed(f"discovery names the issuer {str(issuer)[:200]!r}; set CREATORGRAPH_OIDC_ISSUER to exactly that")
        uri = found.get("jwks_uri")
        if not isinstance(uri, str):
            raise FetchFailed("discovery names no jwks_uri; set CREATORGRAPH_OIDC_JWKS_URI")
        return uri
