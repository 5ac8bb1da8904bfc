"""Commands that lose the database in their middle: one line, nothing half done, and the same command goes on."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from neo4j import AsyncDriver

from simulation import market
from simulation.writing import write_tables
from tests.api.faults.link import COMMIT, Link, linked
from tests.api.serving import COMMAND
from tests.conftest import TestServer

SALES = b"CREDITED_TO"
"""What only the statements of order lines say, which come after creators, products and contents."""


@dataclass(frozen=True)
class Far:
    """A database behind a link, and commands that use it."""

    link: Link
    environment: dict[str, str]

    def run(self, *words: object) -> subprocess.CompletedProcess[str]:
        """Run a command of creatorgraph."""
        return subprocess.run([*COMMAND, *map(str, words)], env=os.environ | self.environment, capture_output=True, text=True, check=False)


@pytest.fixture
def far(graph: AsyncDriver, neo4j: TestServer, neo4j_env: dict[str, str], tmp_path: Path) -> Iterator[Far]:
    with linked(neo4j.uri) as link:
        yield Far(link, neo4j_env | {"NEO4J_URI": link.uri, "CREATORGRAPH_HOME": str(tmp_path / "home")})


def lost(done: subprocess.CompletedProcess[str]) -> None:
    """Fail unless the last line says that the database was lost, and no line is a traceback's."""
    assert (done.returncode, done.stdout) == (1, ""), done.stderr
    assert "Traceback" not in done.stderr
    assert re.search(
        r"^creatorgraph: .*(lost|does not answer|check that bolt://.* runs and can be reached)", done.stderr.strip().splitlines()[-1]
    ), done.stderr


@pytest.mark.fault
@pytest.mark.timeout(600)
async def test_an_import_and_a_scoring_run_go_on_where_they_were(far: Far, graph: AsyncDriver, tmp_path: Path) -> None:
    write_tables(market(1, creators=20).tables, tmp_path / "market")
    far.link.asked = SALES
    lost(far.run("import", tmp_path / "market", "--json"))
    far.link.open()
    again = json.loads(far.run("import", tmp_path / "market", "--json").stdout)["kinds"]
    created, read = (sum(counts[column] for counts in again.values()) for column in ("created", "read"))
    assert 0 < created < read, "what was written before is not written twice"
    third = json.loads(far.run("import", tmp_path / "market", "--json").stdout)["kinds"]
    assert {(counts["created"], counts["changed"]) for counts in third.values()} == {(0, 0)}
    far.link.asked, far.link.passing = COMMIT, 6
    lost(far.run("score"))
    far.link.open()
    assert (await graph.execute_query("MATCH (run:ScoringRun) RETURN count(run) AS runs")).records[0]["runs"] == 0
    assert far.run("score").returncode == 0
    assert (await graph.execute_query("MATCH (run:ScoringRun) RETURN count(run) AS runs")).records[0]["runs"] == 1
