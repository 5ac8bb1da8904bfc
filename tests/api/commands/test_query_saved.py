"""`creatorgraph query --saved`: queries that are kept, by name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from api.commands import app
from graph.queries.parameters import ParameterRefused
from graph.queries.saved import Draft, save
from tests.conftest import TestServer
from tests.graph.queries.little_market import draw_little_market


@pytest.fixture(scope="module")
async def market(neo4j: TestServer, _schema: None) -> None:
    async with neo4j.driver() as driver:
        await driver.execute_query("MATCH (n) DETACH DELETE n")
        await draw_little_market(driver)
        async with driver.session() as session:
            for text in ("RETURN 1 AS version", "RETURN 2 AS version"):
                await session.execute_write(save, Draft("two-versions", "Which it is.", text), author="k1", now=1)


@pytest.fixture(autouse=True)
def environment(market: None, neo4j_env: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CREATORGRAPH_HOME", str(tmp_path))
    for name, value in neo4j_env.items():
        monkeypatch.setenv(name, value)


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["query", "--format", "jsonl", *words])


def test_a_question_of_the_product_runs_as_it_is() -> None:
    told = run("--saved", "repeat-collaboration-rate")
    assert told.exit_code == 0, told.output
    assert [json.loads(line)["brand"] for line in told.stdout.splitlines()] == ["acme", "bolt"]


def test_parameters_are_those_that_it_declares() -> None:
    told = run("--saved", "rising-creators", "--param", "region=US", "--param", "minGmvUsd=100")
    assert [json.loads(line)["creator"] for line in told.stdout.splitlines()] == ["dan", "ben"]
    refused = run("--saved", "rising-creators", "--param", "days=many")
    assert refused.exit_code == 1
    assert isinstance(refused.exception, ParameterRefused)


@pytest.mark.parametrize(("named", "version"), [("two-versions", 2), ("two-versions@1", 1)])
def test_the_newest_version_or_the_one_named(named: str, version: int) -> None:
    assert json.loads(run("--saved", named).stdout) == {"version": version}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--saved", "unseen"), "there is no such saved query"),
        (("--saved", "two-versions@3"), "there is no such saved query"),
        (("--saved", "two-versions@one"), "is not a version"),
        ((), "use either a file"),
        (("-", "--saved", "two-versions"), "use either a file"),
    ],
)
def test_wrong_usage_is_told(words: tuple[str, ...], told: str) -> None:
    found = run(*words)
    assert found.exit_code == 2
    assert told in " ".join(found.output.replace("│", " ").split())
