"""From the text of a token to what stands for it within the process: verified once, then remembered until it ends."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections import OrderedDict
from typing import Any, Final

import orjson
from jwt.api_jws import PyJWS
from jwt.exceptions import PyJWTError
from jwt.utils import base64url_decode
from neo4j.exceptions import DriverError, Neo4jError

from api.access.challenges import refused
from api.access.grants import Grant, there
from api.access.keyring import REFUSED_TOKEN, TOKEN
from api.access.tokens import Tokens, Verified, digest_of
from api.error_mapping import translated
from api.errors import AccessError, NotReady, Unauthenticated
from api.json_values import is_object
from api.oidc.claims import Expected, granted, in_claim, valid
from api.oidc.key_set import KeySet
from api.oidc.signing_keys import ALGORITHMS
from api.process.state import State
from graph.json_text import shown

LONGEST: Final = 16 * 1024
"""Characters of a token."""
FORM: Final = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")
TYPES: Final = frozenset({"at+jwt", "application/at+jwt", "jwt"})
REFUSED_FOR: Final = 5.0
"""Seconds for which a token of the issuer whose grant is refused is not looked up again."""
MOST_REFUSED: Final = 10_000
LOOK_UPS_AT_ONCE: Final = 4
"""Tokens whose bounds are looked up in the graph at the same time: this comes before requests take turns."""
SIGNATURES: Final = PyJWS(algorithms=list(ALGORITHMS))


class Verifier:
    """Verifies tokens of one issuer; what it remembers is in the keyring's `Tokens`."""

    def __init__(self, process: State, tokens: Tokens) -> None:
        """Verify for a process, which the settings give issuer and audience."""
        settings = process.settings
        assert settings.oidc_issuer is not None, "there is an issuer"
        self._process, self._tokens = process, tokens
        self._expected = Expected(
            issuer=settings.oidc_issuer,
            audiences=settings.oidc_audience,
            claim=settings.oidc_claim,
            leeway=settings.oidc_leeway_seconds,
            longest=settings.oidc_max_hours * 3600,
        )
        self.keys = KeySet(settings.oidc_issuer, jwks_uri=settings.oidc_jwks_uri, trust=tokens.trust, clock=tokens.clock)
        tokens.renew = self.keys.renew
        self._refusals: OrderedDict[str, tuple[float, Unauthenticated]] = OrderedDict()
        self._looking_up = asyncio.Semaphore(LOOK_UPS_AT_ONCE)

    async def stand_in(self, authorization: str) -> str:
        """Return what takes the place of an `Authorization` header with a token: that it is verified, or why it is refused.

        Any other header is returned as it is. NotReady where it cannot be told.
        """
        scheme, _, text = authorization.partition(" ")
        token = text.strip()
        if scheme.lower() != "bearer" or "." not in token:
            return authorization
        digest = digest_of(token)
        if self._tokens.has(digest):
            await self.keys.fresh()  # after which the key that signed it may be gone, and the token with it
        if not self._tokens.has(digest):
            try:
                self._keep(digest, await self._verified(token, digest))
            except Unauthenticated as error:
                return REFUSED_TOKEN + error.message.encode("ascii", "backslashreplace").decode()
        return TOKEN + digest

    async def _verified(self, token: str, digest: str) -> Verified:
        self._refuse_again(digest)
        header = _header(token)
        key = await self.keys.key(header.get("kid"), header["alg"])
        if key is None:
            raise refused(
                f"the token is signed with the key {shown(header.get('kid'))} and {header['alg']}, which the identity provider's key set "
                "does not have; get a new token"
            )
        try:
            payload = SIGNATURES.decode_complete(token, key.public, algorithms=[header["alg"]])["payload"]
        except (PyJWTError, ValueError, TypeError):
            raise refused("the token's signature is not valid; send the token as the identity provider issued it") from None
        claims = _json_object(payload, "payload")
        validity = valid(claims, self._expected, self._tokens.clock())
        try:
            grant = granted(claims, self._expected.claim, validity.identity.subject)
            verified = Verified(validity.identity, grant, validity.issued_at, validity.ends_at, key.thumbprint)
            async with self._looking_up:
                self._refuse_again(digest)
                await self._check_bounds(verified)
        except Unauthenticated as error:
            self._refuse_for_now(digest, error)
            raise
        return verified

    def _refuse_for_now(self, digest: str, error: Unauthenticated) -> None:
        self._refusals.setdefault(digest, (self._tokens.clock() + REFUSED_FOR, error))
        while len(self._refusals) > MOST_REFUSED:
            self._refusals.popitem(last=False)

    def _refuse_again(self, digest: str) -> None:
        """Refuse a token that was refused a moment ago, for the same reason."""
        until, error = self._refusals.get(digest, (0.0, None))
        if error is None:
            return
        if until > self._tokens.clock():
            raise refused(error.message)
        del self._refusals[digest]

    async def _check_bounds(self, verified: Verified) -> None:
        """Refuse bounds that are not in the graph; those of the account's token before were looked up then."""
        known = self._tokens.subject(verified.identity.account)
        if known is not None and known.grant is not None and _bounds(known.grant) == _bounds(verified.grant):
            return
        try:
            await there(self._process.driver, verified.grant, database=self._process.settings.neo4j_database)
        except AccessError as error:
            raise in_claim(self._expected.claim, error) from error
        except (DriverError, Neo4jError, OSError) as error:
            raise translated(error, "") from error

    def _keep(self, digest: str, verified: Verified) -> None:
        try:
            self._tokens.keep(digest, verified)
        except sqlite3.OperationalError as error:
            raise NotReady("the account of this token cannot be stored; contact the operator, and try again later") from error


def verifier(process: State) -> Verifier | None:
    """Return the verifier of a process; None where no identity provider is set."""
    tokens = process.keyring.tokens
    if tokens is None:
        return None

    def made() -> Verifier:
        found = Verifier(process, tokens)
        process.own.at_end(found.keys.close)
        return found

    return process.own.of(Verifier, made)


def _header(token: str) -> dict[str, Any]:
    """Return a token's header, of which `alg`, `kid` and `typ` alone are used: keys and addresses within it are nobody's."""
    if len(token) > LONGEST:
        raise refused(f"the token has {len(token):,} characters; at most {LONGEST:,} are taken")
    if not FORM.fullmatch(token):
        raise refused("the token is not a signed JWT (three parts in base64url, separated by dots); encrypted ones are not taken")
    try:
        text = base64url_decode(token.partition(".")[0])
    except ValueError:
        text = b""
    header = _json_object(text, "header")
    if str(header.get("typ")).lower() not in TYPES:
        raise refused(f"the token's typ is {shown(header.get('typ'))}; it must be at+jwt or JWT")
    if header.get("alg") not in ALGORITHMS:
        raise refused(f"the token's alg is {shown(header.get('alg'))}; it must be one of {', '.join(ALGORITHMS)}")
    if "crit" in header:
        raise refused("the token's header has crit, of which nothing is understood; have the provider leave it out")
    if not isinstance(header.get("kid"), str | None):
        raise refused(f"the token's kid is {shown(header.get('kid'))}; it must be a text")
    return header


def _json_object(text: bytes, what: str) -> dict[str, Any]:
    try:
        found = orjson.loads(text)
    except orjson.JSONDecodeError:
        found = None
    if not is_object(found):
        raise refused(f"the token's {what} is not a JSON object; send the token as the identity provider issued it")
    return found


def _bounds(grant: Grant) -> tuple[Any, ...]:
    return grant.regions, grant.brands, grant.creator
