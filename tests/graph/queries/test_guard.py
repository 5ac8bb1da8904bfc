from __future__ import annotations

import orjson
import pytest
from neo4j import AsyncDriver

from graph.queries import Bounds, Refused, Rule, Unchecked, answering, checked, plain
from tests.graph.queries.honest import HONEST, Honest
from tests.graph.queries.hostile import HOSTILE, Hostile


def test_there_are_enough_of_them() -> None:
    assert len(HOSTILE) >= 60
    assert {each.rule for each in HOSTILE} == set(Rule) - {Rule.VERSION}


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda hostile: hostile.text[:60])
async def test_a_hostile_query_is_refused_with_its_rule_and_what_to_write_instead(drawn: AsyncDriver, hostile: Hostile) -> None:
    with pytest.raises(Refused) as refused:
        await checked(drawn, Unchecked(hostile.text, hostile.parameters, "neo4j", 5))
    named = [each for each in refused.value.refusals if each.rule is hostile.rule and hostile.name in each.name]
    assert named, refused.value.refusals
    assert all(each.remedy for each in refused.value.refusals)
    assert named[0].rule in str(named[0])


def test_there_are_as_many_honest_ones() -> None:
    assert len(HONEST) >= 60


@pytest.mark.parametrize("honest", HONEST, ids=lambda honest: honest.text[:60])
async def test_an_honest_query_passes_and_runs(drawn: AsyncDriver, honest: Honest) -> None:
    cleared = await checked(drawn, Unchecked(honest.text, honest.parameters, "neo4j", 10))
    async with answering(drawn, cleared, Bounds(1000, 1_000_000, 10), tag="honest") as answer:
        rows = [row async for batch in answer.batches() for row in batch]
    orjson.dumps([[plain(value, answer.ids) for value in row] for row in rows])
    assert [column.name for column in answer.columns] == list(answer.names)
    assert answer.truncated_by is None
    assert answer.summary is not None
    assert not answer.summary.counters.contains_updates
