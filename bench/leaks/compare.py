"""Asks two worlds the same, and keeps in what their answers differ."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from time import perf_counter
from typing import Any, Final

import orjson

from api.mcp.tools import TOOLS
from bench.leaks.answers import differing, fields, leaves, readable
from bench.leaks.coverage import share
from bench.leaks.goods import CLIENTS
from bench.leaks.serving import Served
from bench.leaks.shapes import Variable, shapes
from bench.leaks.values import Values

Pair = tuple[Served, Served]
LOG: Final = logging.getLogger("leaks")
SLOW: Final = 3.0
OF_EACH: Final = 25
"""Operations of one text, with other values."""


@dataclass(frozen=True, slots=True)
class Operation:
    """What was asked: a GraphQL text with variables, a tool of MCP with arguments, or an export."""

    kind: str
    text: str
    given: Mapping[str, Any]


@dataclass(slots=True)
class Finding:
    """A field that differs, and the shortest operation that showed it."""

    field: str
    operation: Operation
    answers: tuple[bytes, bytes]
    times: int = 1

    @property
    def length(self) -> int:
        return len(self.operation.text) + len(str(self.operation.given))


@dataclass(slots=True)
class Outcome:
    """What one role was asked, and what differed."""

    role: str
    operations: int = 0
    kinds: Counter[str] = field(default_factory=Counter[str])
    read: set[str] = field(default_factory=set[str])
    findings: dict[str, Finding] = field(default_factory=dict[str, Finding])
    failed: Counter[str] = field(default_factory=Counter[str])

    @property
    def coverage(self) -> float:
        """The share of reachable fields that an answer held."""
        return share(self.read)

    def note(self, operation: Operation, one: bytes, other: bytes) -> None:
        """Keep what an operation told."""
        self.operations += 1
        self.kinds[operation.kind] += 1
        if operation.kind == "graphql":
            self.read |= fields(operation.text, one)
        for each in _unlike(operation, one, other):
            found = Finding(each, operation, (one, other))
            known = self.findings.get(each)
            if known is None or found.length < known.length:
                self.findings[each] = found
            if known is not None:
                self.findings[each].times = known.times + 1


def _unlike(operation: Operation, one: bytes, other: bytes) -> set[str]:
    one, other = readable(one), readable(other)
    if one == other:
        return set()
    return differing(operation.text, one, other) if operation.kind == "graphql" else {f"{operation.kind} {operation.text}"}


async def asked(world: Served, role: str, operation: Operation) -> bytes:
    """Return what a world answers."""
    match operation.kind:
        case "graphql":
            return await world.graphql(role, operation.text, operation.given)
        case "mcp":
            return await world.tool(role, operation.text, operation.given)
        case _:
            return await world.export(role, operation.given)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked: of which ids, from which seed, how many operations, and how many of each text."""

    kinds: dict[str, list[str]]
    seed: int
    many: int
    of_each: int = OF_EACH


async def compared(pair: Pair, role: str, plan: Plan) -> Outcome:
    """Ask both worlds the same operations with a role's key."""
    outcome = Outcome(role)
    values = Values(Random(f"{plan.seed} values"), plan.kinds, {})
    if role in pair[0].since:
        values.since, values.twins[values.since] = (each.since[role] for each in pair)
    operations = _operations(values, plan, outcome.read)
    async for operation, one, other in _answered(pair, role, operations, values.twins):
        outcome.note(operation, one, other)
        if operation.kind == "graphql":
            _harvest(values, operation.text, one, other)
            outcome.failed.update(each["extensions"]["code"] for each in orjson.loads(one).get("errors", ()))
    return outcome


async def _answered(
    pair: Pair, role: str, operations: Iterable[Operation], twins: Mapping[str, str]
) -> AsyncIterator[tuple[Operation, bytes, bytes]]:
    """Ask both worlds, the other one with its own cursors."""
    for operation in operations:
        began = perf_counter()
        given = {name: twins.get(each, each) if isinstance(each, str) else each for name, each in operation.given.items()}
        one, other = await asyncio.gather(asked(pair[0], role, operation), asked(pair[1], role, replace(operation, given=given)))
        if perf_counter() - began > SLOW:
            LOG.info("%.1f s: %s %s", perf_counter() - began, operation.text[:300], operation.given)
        yield operation, one, other


def _operations(values: Values, plan: Plan, read: set[str]) -> Iterable[Operation]:
    """Yield exports, calls of tools, and GraphQL operations, some with other values of each text; those first that read what is unread."""
    made = 0
    for operation in (*_exports(), *_tools(values, max(1, plan.many // 400))):
        yield operation
        made += 1
    for shape in shapes(plan.seed, read=read):
        for _ in range(plan.of_each if shape.variables else 1):
            if made >= plan.many:
                return
            yield Operation("graphql", shape.text, {each.name: values.of(each, shape.text) for each in shape.variables})
            made += 1


def _exports() -> list[Operation]:
    """Return the exports that may be had, and one of each other kind, to be refused."""
    own = f"Brand:{CLIENTS[0]}"
    orders: Sequence[dict[str, Any]] = (
        *({"what": "scorecards", "format": each} for each in ("csv", "jsonl", "parquet")),
        {"what": "scorecards", "format": "jsonl", "options": {"manifest": True}},
        *({"what": "network", "format": "graphml", "options": {"brand": own, "depth": depth}} for depth in (1, 2, 3)),
        {"what": "network", "format": "csv", "options": {"brand": own, "depth": 2, "window": 90}},
        {"what": "network", "format": "csv", "options": {"brand": "Brand:b05"}},
        {"what": "graph", "format": "csv"},
        {"what": "scorecards", "format": "csv", "options": {"facts": True}},
    )
    return [Operation("export", f"{each['what']} as {each['format']} {each.get('options', '')}", each) for each in orders]


def _tools(values: Values, each: int) -> list[Operation]:
    """Return calls of every tool of MCP, with arguments as its operation declares them."""
    found: list[Operation] = []
    for tool in TOOLS:
        declared = [_declared(line) for line in tool.operation.partition("(")[2].partition(") {")[0].replace("\n", " ").split("$")[1:]]
        for _ in range(each):
            given = {
                name: values.of(Variable(name, of, f"{tool.name}({name})"), tool.name)
                for name, of, needed in declared
                if needed or values.rng.random() < 0.3
            }
            found.append(Operation("mcp", tool.name, given))
    return found


def _declared(text: str) -> tuple[str, str, bool]:
    """Return the name of a declared variable, its type, and whether it has to be given."""
    name, _, rest = text.partition(":")
    of = rest.partition("=")[0].strip(" ,")
    return name.strip(), of, of.endswith("!") and "=" not in rest


def _harvest(values: Values, text: str, one: bytes, other: bytes) -> None:
    """Keep the cursors and ids of an answer, to go on from, and what stands in the cursors' place in the other world."""
    found, twins = _cursors(text, one), _cursors(text, other)
    if found:
        values.cursors.setdefault(text, []).extend(list(found.values())[:4])
        values.twins.update({each: twins.get(path, each) for path, each in found.items()})
    for leaf in leaves(text, orjson.loads(one).get("data")):
        known = values.kinds.get(leaf.field.rpartition(".")[2])
        if known is not None and leaf.value not in (None, *known):
            known.append(leaf.value)


def _cursors(text: str, answer: bytes) -> dict[tuple[str | int, ...], str]:
    told = leaves(text, orjson.loads(answer).get("data"))
    return {each.path: each.value for each in told if each.path[-1] in ("endCursor", "startCursor", "cursor") and each.value}
