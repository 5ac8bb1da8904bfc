"""`creatorgraph score` as a user meets it."""

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from neo4j import AsyncDriver, AsyncManagedTransaction
from typer.testing import CliRunner, Result

from api.commands import app
from api.commands.dates import seconds
from graph.runs import cancel_job, newest_job
from tests.api.drawn_market import END, draw_market
from tests.api.runs.test_stability import MARKET, MORE_VIEWS

COMPUTING = """
import sys, time
from api import commands
from api.runs import scoring_run

scoring_run._made = lambda clock, _: (clock.tell("score", 0, 0), time.sleep(60))
sys.argv = ["creatorgraph", "score", "--as-of", "2024-10-04"]
commands.main()
"""


@pytest.fixture
def score_command(graph: AsyncDriver, neo4j_env: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return a function that runs the command on the test's graph, in a thread, since it has an event loop of its own."""
    for name, value in {**neo4j_env, "CREATORGRAPH_HOME": str(tmp_path)}.items():
        monkeypatch.setenv(name, value)

    async def run(*words: str) -> Result:
        return await asyncio.to_thread(CliRunner().invoke, app, ["score", *words])

    return run


async def test_says_what_it_made(graph: AsyncDriver, score_command: Any) -> None:
    await draw_market(graph)
    done = await score_command("--as-of", "2024-10-04")
    assert done.exit_code == 0, done.output
    assert "Run r000001 is current: 12 creators" in done.stdout
    assert "As of 2024-10-04T00:00:00Z; the windows end with 2024-10-03" in done.stdout
    assert "scorecards/s stored" in done.stdout


async def test_says_it_in_json_and_keeps_as_many_runs_as_told(graph: AsyncDriver, score_command: Any) -> None:
    await draw_market(graph)
    first = json.loads((await score_command("--as-of", "2024-10-04", "--json")).stdout)
    second = json.loads((await score_command("--as-of", "2024-10-04", "--json", "--retain", "1")).stdout)
    assert (first["run"], first["creators"], first["as_of"], first["dropped"]) == ("r000001", 12, END, 0)
    assert (second["run"], second["scorecards"], second["dropped"]) == ("r000002", first["scorecards"], 1)
    assert set(second["seconds"]) == {
        "clean",
        "read",
        "score",
        "forecast",
        "liken",
        "expect",
        "outward",
        "compare",
        "store",
        "share",
        "sign",
        "publish",
        "drop",
    }


async def test_a_run_that_waits_says_so_and_is_published_by_its_number(graph: AsyncDriver, score_command: Any) -> None:
    await graph.execute_query(MARKET, end=END, day=86_400)
    assert "Run r000001 is current" in (await score_command()).stdout
    await graph.execute_query(MORE_VIEWS)
    waits = await score_command()
    assert waits.exit_code == 0
    assert "Run r000002 waits" in waits.stdout
    assert "seen_video_views (" in waits.stdout
    assert "`creatorgraph score --publish r000002`" in waits.stdout
    assert "is not waiting" in str((await score_command("--discard", "r000001")).exception)
    assert "there is no run 'r000009'" in str((await score_command("--publish", "r000009")).exception)
    assert "Run r000002 is current." in (await score_command("--publish", "r000002")).stdout
    assert (await score_command("--publish", "r000002", "--discard", "r000002")).exit_code == 2


async def test_one_that_is_cancelled_ends_at_once_though_a_thread_computes(
    graph: AsyncDriver, neo4j_env: dict[str, str], tmp_path: Path
) -> None:
    async def cancel(tx: AsyncManagedTransaction, job: str) -> None:
        await cancel_job(tx, job, now=9)

    await draw_market(graph)
    environment = {**os.environ, **neo4j_env, "CREATORGRAPH_HOME": str(tmp_path)}
    running = await asyncio.create_subprocess_exec(sys.executable, "-c", COMPUTING, env=environment, stderr=asyncio.subprocess.PIPE)
    try:
        async with asyncio.timeout(40):
            while (job := await newest_job(graph, now=1, database="neo4j")) is None or job.phase != "score":
                await asyncio.sleep(0.1)
            async with graph.session() as session:
                await session.execute_write(cancel, job.id)
            said = (await running.communicate())[1].decode()
    finally:
        if running.returncode is None:
            running.kill()
            await running.wait()
    assert running.returncode == 1
    assert said.strip() == "creatorgraph: the run was cancelled by an administrator; readers see the one before"


@pytest.mark.parametrize("text", ["yesterday", "2026-13-01", "1700000000000"])
async def test_a_date_that_is_none_is_a_usage_error(score_command: Any, text: str) -> None:
    refused = await score_command("--as-of", text)
    assert refused.exit_code == 2
    assert "neither a date" in refused.output


def test_a_date_is_its_first_moment_in_utc() -> None:
    assert seconds("2024-10-04") == END
    assert seconds("2024-10-04T02:00:00+02:00") == END
    assert seconds("2024-10-04T00:00:05") == END + 5
