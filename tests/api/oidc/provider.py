"""A small OpenID provider on loopback, with real keys: it can rotate them, be down, slow, redirect, and answer too much."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from time import time
from typing import Any, Final

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.algorithms import ECAlgorithm, OKPAlgorithm, RSAAlgorithm
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from api.process.protocol import Bounds
from api.process.serving import served

AUDIENCE: Final = "https://ratings.example.org"
RSA: Final = rsa.generate_private_key(65537, 2048)
ADMIN: Final[Mapping[str, Any]] = {"role": "admin", "name": "the operator"}


class Provider:
    """Keys by their ids, what is asked of it, and in which state it is."""

    def __init__(self, port: int) -> None:
        self.issuer = f"http://127.0.0.1:{port}/realms/one"
        self.keys: dict[str, Any] = {"rsa": RSA}
        self.extra: list[Mapping[str, Any]] = []
        self.reads = self.discoveries = 0
        self.state, self.over = "up", asyncio.Event()
        self.discovered: dict[str, Any] = {}

    @property
    def jwks(self) -> dict[str, Any]:
        return {"keys": [{**_jwk(key), "kid": kid, "use": "sig"} for kid, key in self.keys.items()] + [dict(each) for each in self.extra]}

    def add(self, kid: str, kind: str = "rsa") -> None:
        """Begin to sign with another key."""
        curves = {"P-256": ec.SECP256R1(), "P-384": ec.SECP384R1(), "P-521": ec.SECP521R1()}
        made = rsa.generate_private_key(65537, 2048) if kind == "rsa" else None
        self.keys[kid] = made or (ed25519.Ed25519PrivateKey.generate() if kind == "Ed25519" else ec.generate_private_key(curves[kind]))

    def claims(self, **given: Any) -> dict[str, Any]:
        """Return claims of a token that is valid for five minutes; those given as None are left out."""
        now = int(given.pop("now", time()))
        usual = {"iss": self.issuer, "aud": AUDIENCE, "sub": "user-1", "iat": now, "exp": now + 300, "creatorgraph": dict(ADMIN)}
        return {name: value for name, value in {**usual, **given}.items() if value is not None}

    def token(
        self, *, kid: str = "rsa", alg: str = "RS256", key: Any = None, headers: Mapping[str, Any] | None = None, **given: Any
    ) -> str:
        """Return a signed token."""
        header = {"typ": "at+jwt", "kid": kid, **(headers or {})}
        return jwt.encode(self.claims(**given), key or self.keys[kid], algorithm=alg, headers=header)

    def pem(self, kid: str = "rsa") -> bytes:
        """Return a public key as everybody can have it."""
        return self.keys[kid].public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

    async def discovery(self, _request: Request) -> Response:
        self.discoveries += 1
        return await self._answer({"issuer": self.issuer, "jwks_uri": f"{self.issuer}/certs", **self.discovered})

    async def certs(self, _request: Request) -> Response:
        self.reads += 1
        return await self._answer(self.jwks)

    async def _answer(self, found: Any) -> Response:
        match self.state:
            case "down":
                return PlainTextResponse("down", 503)
            case "slow":
                await self.over.wait()
            case "redirecting":
                return RedirectResponse(f"{self.issuer}/elsewhere")
            case "huge":
                return JSONResponse({**found, "more": "x" * 300_000})
            case "html":
                return PlainTextResponse("<html>")
            case "list":
                return JSONResponse([found])
        return JSONResponse(found)

    async def elsewhere(self, _request: Request) -> Response:
        return JSONResponse({"issuer": self.issuer, "jwks_uri": f"{self.issuer}/certs", **self.jwks})


@asynccontextmanager
async def providing() -> AsyncIterator[Provider]:
    """Yield a provider that is reached."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        made = Provider(listener.getsockname()[1])
        routes = [
            Route("/realms/one/.well-known/openid-configuration", made.discovery),
            Route("/realms/one/certs", made.certs),
            Route("/realms/one/elsewhere", made.elsewhere),
        ]
        async with served(Starlette(routes=routes), listener, Bounds(header=65_536, body=65_536, connections=100)):
            try:
                yield made
            finally:
                made.over.set()


def _jwk(key: Any) -> dict[str, Any]:
    public = key.public_key()
    algorithm = RSAAlgorithm if hasattr(public, "encrypt") else OKPAlgorithm if not hasattr(public, "curve") else ECAlgorithm
    found = algorithm.to_jwk(public)
    return json.loads(found) if isinstance(found, str) else found
