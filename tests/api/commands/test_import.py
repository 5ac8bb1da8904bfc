"""`creatorgraph import`, as it is run from a shell."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

import orjson
import pytest
from neo4j import AsyncDriver

from tests.api.serving import COMMAND

CREATORS = "id,handle,region,follower_count\nx,alice,US,5\ny,bob,US,many\n"


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """Return a folder with a table of which one row is wrong."""
    folder = tmp_path / "tables"
    folder.mkdir()
    (folder / "creators.csv").write_text(CREATORS, "utf-8")
    return folder


@pytest.fixture
def run(neo4j_env: dict[str, str], tmp_path: Path) -> Any:
    """Return a function that runs `creatorgraph import` with the given arguments."""
    env = os.environ | neo4j_env | {"CREATORGRAPH_HOME": str(tmp_path / "home"), "COLUMNS": "200"}

    def command(*arguments: object) -> subprocess.CompletedProcess[str]:
        words = [*COMMAND, "import", *map(str, arguments)]
        return subprocess.run(words, env=env, capture_output=True, text=True, cwd=Path(__file__).parents[3], check=False)

    return command


async def test_it_says_what_came_of_it_and_keeps_what_it_rejected(graph: AsyncDriver, run: Any, tables: Path, tmp_path: Path) -> None:
    done = run(tables, "--json")
    assert done.returncode == 3, done.stderr
    said = orjson.loads(done.stdout)
    assert said["kinds"]["creators"] == {"read": 2, "created": 1, "changed": 0, "unchanged": 0, "rejected": 1, "erased": 0}
    assert said["reasons"][0]["value"] == "many"
    (rejects,) = map(Path, said["rejects"])
    mended = tmp_path / "mended"
    mended.mkdir()
    (mended / rejects.name).write_bytes(rejects.read_bytes().replace(b'"many"', b'"7"', 1))
    assert run(mended).returncode == 0
    names = await graph.execute_query("MATCH (c:Creator) RETURN c.handle AS handle, c.followerCount AS followers ORDER BY handle")
    assert [tuple(record) for record in names.records] == [("alice", 5), ("bob", 7)]


async def test_where_nothing_could_be_set_aside_nothing_is_imported(
    graph: AsyncDriver, neo4j_env: dict[str, str], read_only: Path, tables: Path
) -> None:
    words = [*COMMAND, "import", str(tables)]
    env = os.environ | neo4j_env | {"CREATORGRAPH_HOME": str(read_only / "home")}
    done = subprocess.run(words, env=env, capture_output=True, text=True, cwd=Path(__file__).parents[3], check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert (
        done.stderr == f"creatorgraph: {read_only}: Read-only file system; make it writable, or set CREATORGRAPH_HOME to a folder that is\n"
    )
    assert not (await graph.execute_query("MATCH (c:Creator) RETURN c")).records


async def test_a_dry_run_writes_nothing(graph: AsyncDriver, run: Any, tables: Path, tmp_path: Path) -> None:
    done = run(tables, "--dry-run")
    assert done.returncode == 3
    assert "Nothing was written." in done.stdout
    assert not (tmp_path / "home" / "rejects").exists()
    assert not (await graph.execute_query("MATCH (c:Creator) RETURN c")).records


async def test_nothing_taken_is_told_apart(graph: AsyncDriver, run: Any, tmp_path: Path) -> None:
    (tmp_path / "creators.csv").write_text("id,handle,region\n", "utf-8")
    (tmp_path / "notes.txt").write_text("", "utf-8")
    done = run(tmp_path)
    assert done.returncode == 1
    assert "skipped: empty file: creators.csv" in done.stdout
    assert "skipped: unknown file: notes.txt" in done.stdout


def test_a_folder_with_nothing_to_read_is_refused_in_one_line(neo4j: object, run: Any, tmp_path: Path) -> None:
    done = run(tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("creatorgraph: ")
    assert done.stderr.count("\n") == 1
