"""What brands and partners see, computed beside a run: in a thread or a process it is the same, and neither outlives the run."""

import asyncio
from dataclasses import asdict, replace
from typing import Any

import numpy as np
import psutil
import pytest
from neo4j import AsyncDriver

from api.runs import beside
from api.runs.beside import OutwardLost, outward_beside
from api.runs.inputs import Work, read_work
from api.runs.scoring_run import score
from graph.reader import Reader
from tests.api.drawn_market import END, draw_market


@pytest.fixture
async def work(graph: AsyncDriver) -> Work:
    """Return what a run of the drawn market reads."""
    await draw_market(graph)
    return await read_work(Reader(graph, "neo4j"), END, 0)


def of_scoring() -> list[psutil.Process]:
    """Return our processes that score for brands and partners."""
    return [each for each in psutil.Process().children() if beside.__name__ in each.cmdline()]


async def test_a_process_of_its_own_says_the_same_to_the_last_bit(work: Work, monkeypatch: Any) -> None:
    in_thread = await outward_beside(work)
    monkeypatch.setattr(beside, "MANY", 0)
    apart = await outward_beside(work)
    assert len(apart.cards) > 0
    np.testing.assert_equal(asdict(apart.cards), asdict(in_thread.cards))
    np.testing.assert_equal([asdict(each) for each in apart.ahead], [asdict(each) for each in in_thread.ahead])
    likened = ({region: asdict(each) for region, each in found.likened.items()} for found in (apart, in_thread))
    np.testing.assert_equal(next(likened), next(likened))
    assert (apart.text, apart.inputs) == (in_thread.text, in_thread.inputs)
    assert of_scoring() == []


async def test_a_run_whose_process_fails_is_given_up_and_says_so(
    graph: AsyncDriver, work: Work, monkeypatch: Any, capfd: pytest.CaptureFixture[str]
) -> None:
    first = await score(graph, as_of=END)
    monkeypatch.setattr(beside, "MANY", 0)
    with pytest.raises(OutwardLost, match="ended with status 1: its reason is in the lines before"):
        await outward_beside(replace(work, tables={}))
    assert "KeyError" in capfd.readouterr().err

    async def killed(asked: Work) -> Any:
        computing = asyncio.create_task(outward_beside(asked))
        while not of_scoring():
            await asyncio.sleep(0.01)
        of_scoring()[0].kill()
        return await computing

    monkeypatch.setattr("api.runs.scoring_run.outward_beside", killed)
    with pytest.raises(OutwardLost, match="signal 9, as where memory runs out"):
        await score(graph, as_of=END)
    current = (await graph.execute_query("MATCH (r:ScoringRun {status: 'current'}) RETURN r.id AS id", database_="neo4j")).records
    assert [each["id"] for each in current] == [first.run]


async def test_a_cancelled_run_leaves_no_process(work: Work, monkeypatch: Any) -> None:
    monkeypatch.setattr(beside, "MANY", 0)
    computing = asyncio.create_task(outward_beside(work))
    while not of_scoring():
        await asyncio.sleep(0.01)
    computing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await computing
    assert of_scoring() == []
