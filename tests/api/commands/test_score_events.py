"""`creatorgraph export events` and `creatorgraph score --events` as the owner meets them: scores of the graph, made without it."""

import asyncio
import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from neo4j import AsyncDriver
from polars.testing import assert_frame_equal
from typer.testing import CliRunner, Result

from api.commands import app
from api.runs import event_export
from api.runs.inputs import read_events
from api.runs.scorecard_files import BEFORE
from graph.events import Tables
from graph.exports.errors import FileThere
from graph.reader import Reader
from graph.rights.erasure import erase_creator
from graph.rights.objections import object_to_rating
from graph.runs import RunOutdated
from scoring import NAMES, camel
from scoring.facts import Period
from tests.api.drawn_market import END, draw_market

PLACE = ["window", "categoryId", "creatorId"]
ONLY_OF_THE_GRAPH = ["handle", "forForecast", *(f"{camel(name)}{BEFORE}" for name in NAMES)]


@pytest.fixture
def command(graph: AsyncDriver, neo4j_env: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return a function that runs a command on the test's graph, in a thread, since it has an event loop of its own."""
    for name, value in {**neo4j_env, "CREATORGRAPH_HOME": str(tmp_path / "home")}.items():
        monkeypatch.setenv(name, value)

    async def run(*words: str) -> Result:
        return await asyncio.to_thread(CliRunner().invoke, app, words)

    return run


async def test_scores_of_exported_events_are_those_that_the_graph_publishes(graph: AsyncDriver, command: Any, tmp_path: Path) -> None:
    events, out, cards = (str(tmp_path / name) for name in ("events", "scored", "cards.parquet"))
    await draw_market(graph)
    await graph.execute_query("CREATE (:Objection {id: 'c05'})", database_="neo4j")
    told = json.loads((await command("export", "events", "--as-of", "2024-10-04", "--parts", "3", "--out", events, "--json")).stdout)
    assert (told["parts"], told["rows"]["creators"]) == (3, 11)
    assert (await command("score", "--as-of", "2024-10-04")).exit_code == 0
    assert (await command("export", "scorecards", "--facts", "--out", cards)).exit_code == 0
    await graph.execute_query("MATCH (n) DETACH DELETE n", database_="neo4j")
    done = await command("score", "--events", events, "--out", out)
    assert done.exit_code == 0, done.output
    assert "11 creators" in done.stdout
    published = pl.read_parquet(cards).drop(ONLY_OF_THE_GRAPH).sort(PLACE)
    assert_frame_equal(pl.read_parquet(f"{out}/scorecards.parquet"), published, check_exact=True)
    assert published.height > 12


@pytest.mark.parametrize("right", ["objects", "is erased"])
async def test_nobody_who_objects_or_is_erased_meanwhile_is_in_the_folder(
    right: str, graph: AsyncDriver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await draw_market(graph)

    async def read(reader: Reader, as_of: int | None) -> tuple[Tables, Period]:
        events = await read_events(reader, as_of)
        if right == "objects":
            await object_to_rating(graph, "c05", objects=True, now=7, database="neo4j")
        else:
            await erase_creator(graph, "c05", now=7, database="neo4j")
        return events

    monkeypatch.setattr(event_export, "read_events", read)
    with pytest.raises(RunOutdated, match="objected to being rated, or was erased, while the events were exported; export them again"):
        await event_export.export_events(graph, tmp_path / "events", as_of=END)
    assert list(tmp_path.iterdir()) == []
    monkeypatch.undo()
    folder = await event_export.export_events(graph, tmp_path / "events", as_of=END)
    assert "c05" not in folder.tables()["creators"]["id"].to_pylist()


async def test_where_no_folder_can_be_written_nothing_is_read(graph: AsyncDriver, tmp_path: Path) -> None:
    with pytest.raises(FileThere, match="already exists"):
        await event_export.export_events(graph, tmp_path)


async def test_what_does_not_go_together_is_refused(command: Any, tmp_path: Path) -> None:
    for words, expected in (
        (("--events", "e"), "--events needs --out"),
        (("--events", "e", "--out", "o", "--as-of", "2024-10-04"), "cannot be combined with"),
        (("--engine", "local"), "are for --events"),
        (("--events", "e", "--out", "o", "--engine", "spark"), "--engine spark needs --master"),
        (("--events", "e", "--out", "o", "--engine", "flink"), "'flink' is not an engine; use local or spark"),
    ):
        refused = await command("score", *words)
        assert (refused.exit_code, expected in " ".join(refused.output.replace("│", " ").split())) == (2, True), refused.output
    missing = await command("score", "--events", str(tmp_path), "--out", str(tmp_path / "out"))
    assert "has no manifest.json" in str(missing.exception)
