"""The root fields of one operation, each with what answers it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from graphql import DocumentNode, FieldNode, OperationDefinitionNode, SelectionSetNode, execute_sync, is_non_null_type

import scoring
from api.access.table import SMALLEST_GROUP, sight
from api.access.viewer import Viewer
from api.computed import COMPUTED, Asking
from api.errors import BadUserInput
from api.failures import translated
from api.reads.computing import IDS, Slot, grouped, nodes_of, write
from api.reads.cursors import cursors
from api.reads.explanations import explain
from api.reads.methodology import methodology
from api.reads.operations import Operation
from api.reads.request import ReadState
from api.reads.selections import TYPENAME, Walk
from api.reads.variables import Variables
from api.schema import core
from graph.plans.answers import data
from graph.plans.compile import Plan, compiled
from graph.plans.errors import PlanError
from graph.plans.inputs import Inputs, resolved
from graph.plans.parts import Finishing, Wanted
from graph.plans.selection import Pick
from graph.plans.sight import Reach
from graph.runs.run import Run

INDICATORS: Final = tuple(scoring.camel(each) for each in scoring.NAMES)
ROOT: Final = "Query"
AT_ONCE: Final = 4
"""Computed fields of one operation that work at the same time: a page of a hundred is not a hundred queries at once."""

INTROSPECTION: Final = ("__schema", "__type")


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

    @classmethod
    def of(cls, operation: Operation, variables: Variables, viewer: Viewer, state: ReadState) -> Reading:
        """Take the current run once, so that all root fields answer from the same one."""
        run = state.run.run
        inputs = Inputs(
            values=variables.values,
            sight=sight(viewer),
            run=run,
            cursors=cursors(state.settings.home),
            smallest_group=SMALLEST_GROUP,
            largest_page=state.limits.page,
            viewer={"name": viewer.name, "role": viewer.role.name, "regions": list(viewer.regions)},
        )
        return cls(operation, variables, inputs, viewer, state, run)

    def roots(self) -> dict[str, list[FieldNode]]:
        """Return the root fields by response key."""
        return self.operation.roots.of(self.variables.shape, self._roots)

    async def answer(self, key: str, nodes: list[FieldNode]) -> Any:
        """Return one root field's value; `ApiError` where it cannot be had."""
        name = nodes[0].name.value
        if name == TYPENAME:
            return core.query_type.name if core.query_type else None
        if name in INTROSPECTION:
            return self._introspected(key, nodes)
        if name == "methodology":
            return methodology(self._pick(key, nodes).child)
        try:
            if (ROOT, name) in COMPUTED:
                return await self._computed(Wanted({}, key, (ROOT, name), None, self._pick(key, nodes)))
            return await self._read(self._plan(key, lambda: self._pick(key, nodes)), self.inputs)
        except PlanError as error:
            raise translated(error, "") from error

    async def _read(self, plan: Plan, inputs: Inputs) -> Any:
        found = await data(self.state.driver, plan, plan.parameters(inputs), database=self.state.settings.neo4j_database)
        finishing = Finishing(inputs)
        finished = plan.finished(found, finishing)
        if finishing.deferred and self.run is not None:
            explain(finishing.deferred, self.run, await self.state.run.fit() or "")
        if finishing.wanted:
            await _all(self._computed(each) for each in finishing.wanted)
        return finished

    async def _computed(self, wanted: Wanted) -> Any:
        """Compute one field, put it where it is wanted, and return it; nodes in it are read by plans, which may want more."""
        asking = Asking(
            own_id=wanted.own_id,
            arguments=resolved(wanted.pick.arguments, self.inputs.values),
            children=wanted.pick.children,
            viewer=self.viewer,
            sight=self.inputs.sight,
            state=self.state,
            run=self.run,
        )
        slots: list[Slot] = []
        async with self.turns:
            found = await COMPUTED[wanted.field](asking)
        write(found, wanted.pick.children, wanted.holder, wanted.key, slots)
        await _all(self._filled(each) for each in grouped(slots))
        return wanted.holder[wanted.key]

    async def _filled(self, slots: Sequence[Slot]) -> None:
        """Read the nodes that slots of one selection wait for."""
        selection = slots[0].selection
        ids = list(dict.fromkeys(each.ref.global_id for each in slots))
        plan = self._plan(repr(selection), lambda: nodes_of(selection))
        trees = await self._read(plan, replace(self.inputs, values={**self.inputs.values, IDS: ids}))
        found = dict(zip(ids, trees, strict=True))
        for each in slots:
            each.holder[each.key] = found[each.ref.global_id]

    def _plan(self, key: str, pick: Callable[[], Pick]) -> Plan:
        """Return the plan of a pick, kept under `key` for all viewers of a kind and all variables of a shape."""
        seen = self.inputs.sight
        sole = seen.creators is Reach.REGIONS and len(set(seen.regions)) == 1
        return self.operation.plans.of(
            (key, seen.kind, sole, self.variables.shape),
            lambda: compiled(pick(), sight=seen, sole_region=sole, indicators=INDICATORS),
        )

    def _walk(self) -> Walk:
        return Walk(self.operation.fragments, self.variables.referenced())

    def _pick(self, key: str, nodes: list[FieldNode]) -> Pick:
        assert core.query_type is not None
        return self._walk().pick(core.query_type, key, nodes)

    def _roots(self) -> dict[str, list[FieldNode]]:
        assert core.query_type is not None
        return self._walk().collected(core.query_type, [self.operation.definition.selection_set])

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


async def _all(works: Iterable[Awaitable[Any]]) -> None:
    """Await all at once; where one fails, end the others."""
    running = [asyncio.ensure_future(each) for each in works]
    try:
        await asyncio.gather(*running)
    finally:
        for each in running:
            each.cancel()


def nullable(name: str) -> bool:
    """Tell whether a root field may be null, so that its failure leaves the others standing."""
    field = core.query_type.fields.get(name) if core.query_type else None
    return field is None or not is_non_null_type(field.type)
