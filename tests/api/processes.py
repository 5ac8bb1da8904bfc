"""A process's state on the test database, as `creatorgraph serve` has it, without the listening."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from neo4j import AsyncDriver

from api.access.grants import Grant
from api.access.sessions import Sessions
from api.access.store import Store
from api.access.viewer import Role
from api.graphql.cost.limits import Budgets
from api.process.state import State, keyring, limits
from api.settings import Settings
from graph.runs import CurrentRun

PATIENT = 120
"""Seconds for a query: a busy machine is no failure."""


def process(driver: AsyncDriver, home: Path, **settings: Any) -> State:
    """Return the state on `driver`, with keys in `home` and no scoring run seen yet; close its store."""
    given = replace(Settings(), home=home, **{"query_seconds": PATIENT, **settings})
    store, bounds = Store(home), limits(given)
    return State(given, driver, CurrentRun(driver), store, keyring(given, store, Sessions(home)), bounds, Budgets(bounds))


GRANTS = {
    Role.ADMIN: Grant("the admin", Role.ADMIN),
    Role.ANALYST: Grant("the analyst", Role.ANALYST),
    Role.PARTNER: Grant("the partner", Role.PARTNER, ("US",), ("b1",)),
    Role.BRAND: Grant("the brand", Role.BRAND, ("US",), ("b1",)),
    Role.CREATOR: Grant("the creator", Role.CREATOR, creator="c1"),
}


def keys(state: State) -> dict[Role, str]:
    """Make a key of each role and return them."""
    return {role: state.store.create(grant, now=1).text for role, grant in GRANTS.items()}
