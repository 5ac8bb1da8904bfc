"""What is asked, and what a process needs to answer it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from neo4j import AsyncDriver

from api.access.store import Store
from api.audit.entries import Channel
from api.graphql.cost.limits import Budgets, Limits
from api.process.own import Own
from api.settings import Settings
from graph.runs import CurrentRun


@dataclass(frozen=True, slots=True)
class GraphQLRequest:
    """One request, as GraphQL over HTTP has it; `read_only` requests may hold no mutation; the audit log is told the `channel`."""

    query: str
    operation_name: str | None = None
    variables: Mapping[str, Any] = field(default_factory=dict[str, Any])
    read_only: bool = False
    request_id: str = ""
    channel: Channel = Channel.GRAPHQL


class ReadState(Protocol):
    """What reading needs of the process."""

    @property
    def settings(self) -> Settings: ...

    @property
    def driver(self) -> AsyncDriver: ...

    @property
    def run(self) -> CurrentRun: ...

    @property
    def limits(self) -> Limits: ...

    @property
    def budgets(self) -> Budgets: ...

    @property
    def own(self) -> Own: ...

    @property
    def store(self) -> Store: ...
