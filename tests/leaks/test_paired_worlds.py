"""Paired worlds are answered alike, to the byte: GraphQL made from the schema, tools of MCP and exports."""

from __future__ import annotations

import pytest

from bench.leaks.compare import Plan, compared
from bench.leaks.values import kinds
from tests.leaks.conftest import Worlds

OPERATIONS = 80


def plan(worlds: Worlds, seed: int) -> Plan:
    return Plan(kinds(worlds.before, worlds.after), seed=seed, many=OPERATIONS, of_each=3)


@pytest.mark.parametrize(("who", "seed"), [("brand", 1), ("partner", 2)])
async def test_what_is_hidden_changes_no_byte(worlds: Worlds, who: str, seed: int) -> None:
    outcome = await compared(worlds.pair, who, plan(worlds, seed))
    assert outcome.operations == OPERATIONS
    assert {name: (each.operation, each.answers) for name, each in outcome.findings.items()} == {}


async def test_an_administrator_sees_the_difference(worlds: Worlds) -> None:
    """The control: the worlds do differ in what is asked."""
    outcome = await compared(worlds.pair, "admin", plan(worlds, 1))
    assert len(outcome.findings) > 10
