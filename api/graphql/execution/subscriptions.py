"""A subscription: an answer to each event that its viewer is told of, from a place in their order on, with nothing missed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from graphql import FieldNode, OperationType
from neo4j.exceptions import DriverError, Neo4jError

from api.access.scopes import require_scope
from api.access.viewer import Scope, Viewer
from api.audit.entries import Channel
from api.audit.recorder import recorder
from api.errors import BadRequest, CostExceeded
from api.events.places import cursor, number, stale
from api.events.told import told
from api.features.catalogue import STREAMS
from api.graphql.cost.limits import Cost
from api.graphql.execution.answers import Slot, creators_in, write
from api.graphql.execution.arguments import check_named
from api.graphql.execution.as_of import AnswersAsOf
from api.graphql.execution.execution import answered, execute
from api.graphql.execution.field_context import reading_of
from api.graphql.execution.operations import Operation, operation
from api.graphql.execution.request import GraphQLRequest, ReadState
from api.graphql.execution.roots import Reading
from api.graphql.execution.streaming import Happened, Stream, Watching
from api.graphql.execution.variables import Variables, variables
from api.graphql.schema import core
from graph.feeds import News, newest_told, news_after
from graph.outbox import EventsForgotten, Recorded
from graph.tracing import ROOT, span

LOG: Final = logging.getLogger("creatorgraph.subscriptions")
FETCHED: Final = 100
SECONDS_BETWEEN_TRIES: Final = 1.0
UNTOLD: Final = 1
"""What an event costs that does not concern a subscription, and so is not answered."""
Answer = Mapping[str, Any]


async def begun(request: GraphQLRequest, viewer: Callable[[], Viewer], state: ReadState) -> AsyncGenerator[Answer]:
    """Begin to answer a request as a stream, and return its answers: of a query or mutation the only one.

    What is wrong with the request is raised here, before there is a stream. `viewer` says whose the request is, whenever it is
    asked, and raises where its key is no longer valid.
    """
    if not _is_subscription(operation(request, state.limits)):
        return _once(await execute(request, viewer(), state))
    return await subscribed(request, viewer, state)


async def subscribed(request: GraphQLRequest, viewer: Callable[[], Viewer], state: ReadState) -> AsyncGenerator[Answer]:
    """Do the same for a subscription; BadRequest for anything else."""
    asked = operation(request, state.limits)
    if not _is_subscription(asked):
        raise BadRequest("only subscriptions are answered here; send queries and mutations to /graphql by POST")
    subscription = LiveOperation.of(asked, variables(asked.definition, request.variables), viewer, state)
    return subscription.answers(await subscription.begin())


def _is_subscription(asked: Operation) -> bool:
    return asked.definition.operation is OperationType.SUBSCRIPTION


async def _once(answer: Answer) -> AsyncGenerator[Answer]:
    yield answer


@dataclass(frozen=True, slots=True)
class LiveOperation:
    """One subscription whose text and variables are valid; `viewer` says whose it is by now, or raises where it is nobody's."""

    operation: Operation
    variables: Variables
    key: str
    nodes: list[FieldNode]
    viewer: Callable[[], Viewer]
    state: ReadState
    channel: Channel = Channel.SUBSCRIPTION

    @classmethod
    def of(
        cls,
        asked: Operation,
        given: Variables,
        viewer: Callable[[], Viewer],
        state: ReadState,
        *,
        channel: Channel = Channel.SUBSCRIPTION,
    ) -> LiveOperation:
        """Return the subscription that an operation is; validation has seen to it that it has one field, whatever the variables."""
        ((key, nodes),) = Reading.of(asked, given, viewer(), state).roots().items()
        return cls(asked, given, key, nodes, viewer, state, channel)

    @property
    def field(self) -> str:
        """The name of its only field."""
        return self.nodes[0].name.value

    async def begin(self, *, new: bool = True) -> int:
        """Return the number of the event after which it begins; what it cannot be asked is refused here."""
        watching = self._watching(self._reading())
        given, viewer = watching.context.arguments, watching.context.viewer
        await check_named(reading_of(viewer, self.state), given)
        await self._stream.check(watching)
        if given.get("since") is not None:
            return number(self.state.settings.home, given["since"])
        if new:
            await self._stream.check_new(watching)
        return await newest_told(self.state.driver, told(viewer), database=self.state.settings.neo4j_database)

    async def answers(self, after: int) -> AsyncGenerator[Answer]:
        """Yield answers as GraphQL writes them, for as long as somebody asks for them; while the database does not answer, it waits.

        An error ends it: of a cursor whose events are gone, of a key that is no longer valid.
        """
        while True:
            try:
                news = await self.news(after)
                for event in news.events:
                    with span("subscription", {"graphql.field.name": self.field}, ROOT):
                        answer = await self.answer(event)
                    if answer is not None:
                        yield answer
                    after = event.number
            except (DriverError, Neo4jError, OSError) as error:
                LOG.warning("a subscription waits for the database", extra={"fields": {"error": type(error).__name__}})
                await asyncio.sleep(SECONDS_BETWEEN_TRIES)
            else:
                if len(news.events) < FETCHED:
                    await self.state.run.news(news.newest)

    async def news(self, after: int, *, first: int = FETCHED) -> News:
        """Return the first events after a number that it waits for; StaleCursor where they are no longer kept."""
        reading = self._reading()
        kinds = self._stream.kinds(self._watching(reading).context.arguments)
        try:
            return await news_after(
                self.state.driver, after, told(reading.viewer, kinds), first=first, database=self.state.settings.neo4j_database
            )
        except EventsForgotten as error:
            raise stale() from error

    async def answer(self, event: Recorded) -> Answer | None:
        """Return the answer to one event, as its viewer sees it now; None where it does not concern the subscription."""
        reading = self._reading()
        cost = await self._pay(reading.viewer)
        watching = self._watching(reading)
        happened = Happened(watching.context, watching.as_of, event, cursor(self.state.settings.home, event.number))
        found = await self._stream.answer(happened)
        if found is None:
            self._settle(reading.viewer, cost, UNTOLD)
            return None
        data: dict[str, Any] = {}
        slots: list[Slot] = []
        write(found, watching.context.children, data, self.key, slots)
        await reading.fill(slots)
        if self._stream.shows_scores:
            reading.shown.update(creators_in(found))
        if (showing := reading.showing(self.channel)) is not None:
            recorder(self.state).note(reading.viewer, showing)
        answer = answered(reading, core.subscription_type, {self.key: self.nodes}, data)
        self._settle(reading.viewer, cost, self.operation.measured.actual(cost, answer))
        return answer

    async def _pay(self, viewer: Viewer) -> Cost:
        """Take from the key's budget what an answer can cost, and return that; where too little is left, wait until there is enough."""
        cost = self.operation.measured.cost(self.variables.values)
        while True:
            try:
                self.state.budgets.take(viewer.key_id, cost, size=viewer.budget)
            except CostExceeded as error:
                if "retryAfter" not in error.extensions:
                    raise
                await asyncio.sleep(float(error.extensions["retryAfter"]))
            else:
                return cost

    def _settle(self, viewer: Viewer, cost: Cost, actual: int) -> None:
        """Return to the key's budget what was taken for more than came."""
        self.state.budgets.give_back(viewer.key_id, cost.requested - actual, size=viewer.budget)

    @property
    def _stream(self) -> Stream:
        return STREAMS[self.field]

    def _reading(self) -> Reading:
        viewer = self.viewer()
        require_scope(viewer, Scope.EVENTS)
        return Reading.of(self.operation, self.variables, viewer, self.state)

    def _watching(self, reading: Reading) -> Watching:
        assert core.subscription_type is not None
        pick = reading.pick(core.subscription_type, self.key, self.nodes)
        return Watching(reading.context(None, pick), AnswersAsOf(reading.viewer, self.state))
