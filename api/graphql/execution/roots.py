"""The root fields of one operation, each with what answers it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from typing import Any, Final

from graphql import DocumentNode, FieldNode, GraphQLObjectType, OperationDefinitionNode, SelectionSetNode, execute_sync

import scoring
from api.access.table import SMALLEST_GROUP, visibility
from api.access.viewer import Viewer
from api.audit.entries import Channel, Showing
from api.errors import ApiError, BadUserInput
from api.features.catalogue import COMPUTED, SHOWING
from api.features.federation.types import Service
from api.graphql.execution.answers import CREATOR, IDS, Slot, creators_in, grouped, nodes_of, write
from api.graphql.execution.arguments import check_named
from api.graphql.execution.cursors import cursors
from api.graphql.execution.explanations import explain
from api.graphql.execution.field_context import FieldContext, reading_of
from api.graphql.execution.methodology import methodology, picked
from api.graphql.execution.operations import Operation
from api.graphql.execution.request import ReadState
from api.graphql.execution.selections import BY_ID, TYPENAME, Walk, kinds_named
from api.graphql.execution.spans import kind_of
from api.graphql.execution.variables import Variables
from api.graphql.execution.viewer_values import viewer_values
from api.graphql.schema import core
from api.graphql.subgraph import subgraph
from api.graphql.types.nouns import Ref
from api.process.expensive import expensive_of
from api.runs.fits import fits
from graph.plans.answers import Place, QuerySeconds, data
from graph.plans.compile import Plan, compiled
from graph.plans.errors import PlanError
from graph.plans.inputs import Inputs, resolved
from graph.plans.parts import Failure, Finishing, Wanted
from graph.plans.planning import Planning
from graph.plans.regions import Regions
from graph.plans.selection import Pick, among, refused
from graph.plans.visibility import Reach
from graph.runs.run import Run
from graph.tracing import current, span
from graph.turns import Turns

INDICATORS: Final = tuple(scoring.camel(each) for each in scoring.NAMES)
ROOT: Final = "Query"
AT_ONCE: Final = 4
"""Computed fields of one operation that work at the same time: a page of a hundred is not a hundred queries at once."""

MOST_REFUSALS: Final = 50
"""Fields of one root field that are each answered with null and an error; beyond that the root field is."""

INTROSPECTION: Final = ("__schema", "__type")
SERVICE: Final = "_service"


@dataclass(frozen=True, slots=True)
class Reading:
    """One request for reading: what is asked, by whom, of which run."""

    operation: Operation
    variables: Variables
    inputs: Inputs
    viewer: Viewer
    state: ReadState
    run: Run | None
    turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    failures: list[Failure] = field(default_factory=list[Failure])
    shown: set[str] = field(default_factory=set[str])

    @classmethod
    def of(cls, operation: Operation, variables: Variables, viewer: Viewer, state: ReadState) -> Reading:
        """Take the current run once, so that all root fields answer from the same one."""
        seen = visibility(viewer)
        run = state.run.seen(outward=seen.outward)
        inputs = Inputs(
            values=variables.values,
            visibility=seen,
            run=run,
            cursors=cursors(state.settings.home),
            smallest_group=SMALLEST_GROUP,
            largest_page=state.limits.page,
            viewer=viewer_values(viewer, state.settings),
        )
        return cls(operation, variables, inputs, viewer, state, run)

    def roots(self) -> dict[str, list[FieldNode]]:
        """Return the root fields by response key."""
        return self.operation.roots.of(self.variables.shape, self._roots)

    async def answer(self, key: str, nodes: list[FieldNode]) -> Any:
        """Return one root field's value, a `Failure` where it cannot be had."""
        with span("field", {"graphql.field.name": nodes[0].name.value}) as answering:
            found = await self._answer(key, nodes)
            if isinstance(found, Failure):
                answering.fail(kind_of(found.error))
            return found

    async def _answer(self, key: str, nodes: list[FieldNode]) -> Any:
        name = nodes[0].name.value
        if name == TYPENAME:
            return core.query_type.name if core.query_type else None
        try:
            if name in INTROSPECTION:
                return self._introspected(key, nodes)
            if name == "methodology":
                return methodology(self._pick(key, nodes).child)
            if name == SERVICE:
                return picked(Service(sdl=subgraph()), self._pick(key, nodes).child)
            if (ROOT, name) in COMPUTED:
                return await self._computed(Wanted({}, key, (ROOT, name), None, self._pick(key, nodes)))
            if name in BY_ID:
                kinds = kinds_named(nodes[0], self.variables.values)
                return await self._read((key, kinds), lambda: among(self._pick(key, nodes), kinds), self.inputs)
            return await self._read(key, lambda: self._pick(key, nodes), self.inputs)
        except (ApiError, PlanError) as error:
            return Failure(error)

    async def _read(self, key: Hashable, pick: Callable[[], Pick], inputs: Inputs) -> Any:
        """Return what a pick answers; fields below that cannot be answered are failures in it."""
        refusals: list[PlanError] = []

        def left() -> Pick:
            return reduce(refused, refusals, pick())

        while True:
            try:
                plan = self._compiled(left()) if refusals else self._plan(key, pick)
                found = await data(self._place, plan, inputs)
            except PlanError as error:
                if not error.picks or left() in error.picks or len(refusals) == MOST_REFUSALS:
                    raise
                refusals.append(error)
            else:
                return await self._finished(plan, found, Finishing(inputs, shown=self.shown))

    def showing(self, channel: Channel) -> Showing | None:
        """Return whose scores the answer shows; None where it shows nobody's."""
        return Showing(channel, self.operation.name, self.operation.digest, tuple(sorted(self.shown))) if self.shown else None

    async def _finished(self, plan: Plan, found: Any, finishing: Finishing) -> Any:
        finished = plan.finished(found, finishing)
        self.failures.extend(finishing.failures)
        if finishing.deferred and self.run is not None:
            outward = self.inputs.visibility.outward
            explain(finishing.deferred, self.run, fits(await self.state.run.fit(outward=outward) or "", outward=outward))
        if finishing.wanted:
            await _all(self._attempted(each) for each in finishing.wanted)
        if finishing.linked:
            slots: list[Slot] = []
            for each in finishing.linked:
                write(Ref(each.kind, each.own_id), each.pick.children, each.holder, each.key, slots)
            await self.fill(slots)
        return finished

    async def _attempted(self, wanted: Wanted) -> None:
        """Compute one field of a node; where it cannot be had, its failure stands in its place."""
        try:
            await self._computed(wanted)
        except (ApiError, PlanError) as error:
            wanted.holder[wanted.key] = failure = Failure(error)
            self.failures.append(failure)

    async def _computed(self, wanted: Wanted) -> Any:
        """Compute one field, put it where it is wanted, and return it; nodes in it are read by plans, which may want more."""
        context = self.context(wanted.own_id, wanted.pick)
        slots: list[Slot] = []
        async with self.turns:
            with span("compute", {"graphql.field.name": ".".join(wanted.field)}):
                await check_named(reading_of(self.viewer, self.state), context.arguments)
                found = await COMPUTED[wanted.field](context)
        if wanted.field in SHOWING:
            self.shown.update(creators_in(found))
            if wanted.field[0] == CREATOR and wanted.own_id is not None:
                self.shown.add(wanted.own_id)
        write(found, wanted.pick.children, wanted.holder, wanted.key, slots)
        await self.fill(slots)
        return wanted.holder[wanted.key]

    def context(self, own_id: str | None, pick: Pick) -> FieldContext:
        """Return what a computed field of a node, or of the root, is asked with."""
        return FieldContext(
            own_id=own_id,
            arguments=resolved(pick.arguments, self.inputs.values),
            children=pick.children,
            viewer=self.viewer,
            visibility=self.inputs.visibility,
            state=self.state,
            run=self.run,
            cursors=self.inputs.cursors,
        )

    async def fill(self, slots: Sequence[Slot]) -> None:
        """Read the nodes that slots wait for; those of one selection together."""
        await _all(self._filled(each) for each in grouped(slots))

    async def _filled(self, slots: Sequence[Slot]) -> None:
        """Read the nodes that slots of one selection wait for."""
        selection = slots[0].selection
        ids = list(dict.fromkeys(each.ref.global_id for each in slots))
        trees = await self._read(
            repr(selection), lambda: nodes_of(selection), replace(self.inputs, values={**self.inputs.values, IDS: ids})
        )
        found = dict(zip(ids, trees, strict=True))
        for each in slots:
            each.holder[each.key] = found[each.ref.global_id]

    def _plan(self, key: Hashable, pick: Callable[[], Pick]) -> Plan:
        """Return the plan of a pick, kept under `key` for all viewers of a kind and all variables of a shape."""
        return self.operation.plans.of((key, self.inputs.visibility.kind, self._sole, self.variables.shape), lambda: self._compiled(pick()))

    def _compiled(self, pick: Pick) -> Plan:
        current().set("creatorgraph.plan.cached", False)
        with span("plan"):
            return compiled(pick, visibility=self.inputs.visibility, sole_region=self._sole, indicators=INDICATORS)

    @property
    def _place(self) -> Place:
        settings, own = self.state.settings, self.state.own
        turns = own.of(Turns, lambda: _query_turns(settings.queries_at_once))
        planning = own.of(Planning, lambda: Planning(expensive_of(self.state)))
        return Place(
            self.state.driver,
            settings.neo4j_database,
            planning,
            own.of(Regions),
            turns,
            self.viewer.key_id,
            settings.query_seconds,
            own.of(QuerySeconds).observe,
        )

    @property
    def _sole(self) -> bool:
        """Whether the viewer is bounded to one region."""
        return self.inputs.visibility.creators is Reach.REGIONS and len(set(self.inputs.visibility.regions)) == 1

    def _walk(self) -> Walk:
        return Walk(self.operation.fragments, self.variables.referenced())

    def pick(self, root: GraphQLObjectType, key: str, nodes: list[FieldNode]) -> Pick:
        """Return what is picked by one root field of an operation's type."""
        return self._walk().pick(root, key, nodes)

    def _pick(self, key: str, nodes: list[FieldNode]) -> Pick:
        assert core.query_type is not None
        return self.pick(core.query_type, key, nodes)

    def _roots(self) -> dict[str, list[FieldNode]]:
        root = core.get_root_type(self.operation.definition.operation)
        assert root is not None
        return self._walk().collected(root, [self.operation.definition.selection_set])

    def _introspected(self, key: str, nodes: list[FieldNode]) -> Any:
        """Let graphql-core answer about the schema, with nothing else in the operation."""
        definition = self.operation.definition
        alone = OperationDefinitionNode(
            operation=definition.operation,
            name=definition.name,
            variable_definitions=definition.variable_definitions,
            directives=(),
            selection_set=SelectionSetNode(selections=tuple(nodes)),
        )
        document = DocumentNode(definitions=(alone, *self.operation.fragments.values()))
        result = execute_sync(core, document, variable_values=dict(self.variables.coerced.coerced))
        if result.errors:
            raise BadUserInput(result.errors[0].message)
        return (result.data or {}).get(key)


def _query_turns(most: int) -> Turns:
    """Return turns of which one key has half; how many may wait is bounded by the requests that are let in."""
    return Turns(most=most, each=max(1, most // 2))


async def _all(works: Iterable[Awaitable[Any]]) -> None:
    """Await all at once; where one fails, end the others."""
    running = [asyncio.ensure_future(each) for each in works]
    try:
        await asyncio.gather(*running)
    finally:
        for each in running:
            each.cancel()
