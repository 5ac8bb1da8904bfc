"""What one serving process has at hand: opened once, handed to every request."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from neo4j import AsyncDriver

from api.access.keyring import Keyring
from api.access.sessions import Sessions
from api.access.store import Store
from api.access.tokens import Tokens
from api.graphql.cost.limits import Budgets, Limits
from api.http.metrics import Metrics
from api.process.own import Own
from api.process.shared_levels import SharedLevels
from api.process.workers import folder
from api.settings import Settings
from graph.plans.answers import QuerySeconds
from graph.runs import CurrentRun


@dataclass(frozen=True, slots=True)
class State:
    """The process's own things, none of which a request changes, budgets and counters aside."""

    settings: Settings
    driver: AsyncDriver
    run: CurrentRun
    store: Store
    keyring: Keyring
    limits: Limits
    budgets: Budgets
    metrics: Metrics = field(default_factory=Metrics)
    own: Own = field(default_factory=Own)

    def __post_init__(self) -> None:
        """Count how long queries take."""
        self.own.of(QuerySeconds, lambda: QuerySeconds(self.metrics.query_seconds.observe))


@asynccontextmanager
async def opened(settings: Settings, driver: AsyncDriver) -> AsyncGenerator[State]:
    """Yield the state on a database that is migrated; the current run is followed as long as the block runs."""
    store, sessions, bounds, metrics = Store(settings.home), Sessions(settings.home), limits(settings), Metrics()
    shared = SharedLevels(folder(settings) / "budgets") if settings.workers > 1 else None
    try:
        async with CurrentRun(driver, database=settings.neo4j_database, told=metrics.happened) as run:
            budgets = Budgets(bounds, shared)
            state = State(settings, driver, run, store, keyring(settings, store, sessions), bounds, budgets, metrics)
            try:
                yield state
            finally:
                await state.own.end()
    finally:
        if shared is not None:
            shared.close()
        sessions.close()
        store.close()


def keyring(settings: Settings, store: Store, sessions: Sessions) -> Keyring:
    """Return what verifies keys, sessions, and the tokens of an identity provider where the settings name one."""
    tokens = Tokens(store, webhook_days=settings.oidc_webhook_days) if settings.oidc_issuer else None
    return Keyring(store, sessions=sessions, tokens=tokens)


def limits(settings: Settings) -> Limits:
    """Return the bounds that the settings give."""
    return Limits(
        tokens=settings.max_tokens,
        depth=settings.max_depth,
        root_fields=settings.max_root_fields,
        aliases=settings.max_aliases,
        fields=settings.max_fields,
        page=settings.max_page,
        batch=settings.max_batch,
        network=settings.max_network,
        cost=settings.max_cost,
        budget=settings.cost_budget,
    )
