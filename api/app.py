"""The HTTP application, wired from lists: its routes, what every request passes through, and its life."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles

from api.http.admission import Admission, Attempts
from api.http.answer_cache import AnswerCache
from api.http.cypher import cypher
from api.http.encodings import SMALLEST, Gzip
from api.http.endpoint import graphql
from api.http.exports import EXPORTS
from api.http.health import healthz, readyz
from api.http.imports import IMPORTS
from api.http.metrics import Metrics
from api.http.middleware import LOOPBACK, REQUEST_ID_HEADER, Hosts, Observed
from api.http.resource_metadata import METADATA
from api.http.scraping import metrics
from api.http.sessions import PATH as SESSION
from api.http.sessions import SessionCookies, session
from api.http.starting import WAITING, unready
from api.http.tokens import TokenVerification
from api.http.websocket import websocket
from api.mcp.http import Endpoint
from api.oidc.verifier import verifier
from api.pages import STATIC
from api.pages.explorer.page import EXPLORER, lost
from api.pages.ide.page import examples, file, graphiql
from api.pages.start import start
from api.process.startup import Startup
from api.process.state import State
from api.settings import Settings
from api.telemetry.served import Traced
from api.trusted.documents import trusted_documents
from graph.tracing import recording

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS: Final = (
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
)
ANY_METHOD: Final = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
GZIP_LEVEL: Final = 1
"""The least effort: on an answer of 48 KB level 9 saves a tenth more, and takes 6.0 ms instead of 1.4."""


ROUTES: Final[Sequence[BaseRoute]] = [
    Route("/graphql", graphql, methods=ANY_METHOD),
    WebSocketRoute("/graphql", websocket),
    Route("/cypher", cypher, methods=("POST",)),
    *EXPORTS,
    *IMPORTS,
    Route(SESSION, session, methods=ANY_METHOD),
    Route("/mcp", Endpoint()),
    *EXPLORER,
    Route("/developers", start),
    Route("/graphiql", graphiql),
    Route("/graphiql/examples", examples),
    Route("/ide/{name}", file),
    *METADATA,
    Route("/healthz", healthz),
    Route("/readyz", readyz),
    Route("/metrics", metrics),
    Mount("/static", StaticFiles(directory=STATIC)),
]
"""What is served where."""


def application(state: State, routes: Sequence[BaseRoute] = ROUTES) -> Starlette:
    """Return the application that serves from `state`, which the caller opens and closes; its trusted documents are read now."""
    trusted_documents(state)
    own = (
        Middleware(TokenVerification, verifier=verifier(state)),
        Middleware(SessionCookies, keyring=state.keyring),
        Middleware(AnswerCache, process=state),
        Middleware(Admission, keyring=state.keyring, attempts=state.own.of(Attempts), most=state.settings.requests_at_once),
        _GZIP,
    )
    app = Starlette(routes=routes, middleware=[*middleware(state.settings, state.metrics), *own], exception_handlers={404: lost})
    app.state.process = state
    return app


def starting(settings: Settings, startup: Startup) -> Starlette:
    """Return the application that answers until there is a state to serve from: how far the start is, and 503 for all else."""
    app = Starlette(
        routes=[*WAITING, Mount("/static", StaticFiles(directory=STATIC)), unready()], middleware=[*middleware(settings, Metrics()), _GZIP]
    )
    app.state.startup = startup
    return app


def middleware(settings: Settings, metrics: Metrics) -> Sequence[Middleware]:
    """Return what every request passes through, the outermost first."""
    return [
        *([Middleware(Traced)] if recording() else []),
        Middleware(Observed, metrics=metrics, headers=HEADERS),
        Middleware(Hosts, allowed=_hosts(settings)),
        *_cors(settings),
    ]


_GZIP: Final = Middleware(Gzip, minimum_size=SMALLEST, compresslevel=GZIP_LEVEL)


def _hosts(settings: Settings) -> Sequence[str]:
    """Return the hosts served: those set, else loopback's names where we listen there alone, else any."""
    if settings.hosts:
        return settings.hosts
    return LOOPBACK if settings.host in {"127.0.0.1", "localhost", "::1"} else ("*",)


def _cors(settings: Settings) -> list[Middleware]:
    """Return the middleware that lets pages of the origins set read our answers; none by default."""
    if not settings.cors_origins:
        return []
    return [
        Middleware(
            CORSMiddleware,
            allow_origins=settings.cors_origins,
            allow_methods=("GET", "HEAD", "POST", "DELETE"),
            allow_headers=("Authorization", "Content-Type", "If-None-Match", REQUEST_ID_HEADER, *settings.cors_headers),
            expose_headers=(REQUEST_ID_HEADER, "Retry-After", "ETag", "RateLimit", "RateLimit-Policy"),
            max_age=600,
        )
    ]
