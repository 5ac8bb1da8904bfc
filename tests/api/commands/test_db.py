"""`creatorgraph db`, as a user types it."""

from __future__ import annotations

import json
from pathlib import Path

import psutil
import pytest
from typer.testing import CliRunner

from api.commands.db import NotPrivate, app
from api.commands.shell import QueryFailed
from api.settings import load
from graph.errors import BackupError, DatabaseUnreachable


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """Return a runner of commands that sees no setting of the surroundings."""
    for name in ("NEO4J_URI", "NEO4J_USERNAME", "NEO4J_PASSWORD", "NEO4J_DATABASE"):
        monkeypatch.delenv(name, raising=False)
    return CliRunner()


def own_home(tmp_path: Path, cache: Path) -> dict[str, str]:
    return {
        "CREATORGRAPH_HOME": str(tmp_path / "home"),
        "CREATORGRAPH_CACHE": str(cache),
        "CREATORGRAPH_HEAP_MB": "512",
        "CREATORGRAPH_PAGE_CACHE_MB": "64",
    }


def test_a_database_is_started_looked_at_and_stopped(run: CliRunner, tmp_path: Path, cache: Path) -> None:
    env = own_home(tmp_path, cache)
    assert run.invoke(app, ["status"], env=env, catch_exceptions=False).exit_code == 3
    assert "bolt://127.0.0.1:" in run.invoke(app, ["start"], env=env, catch_exceptions=False).stdout
    status = run.invoke(app, ["status"], env=env, catch_exceptions=False)
    assert status.exit_code == 0
    assert "detached" in status.stdout
    assert (
        run.invoke(app, ["shell", "--json", "-c", "CREATE (n:X {id: 'a'}) RETURN n"], env=env, catch_exceptions=False).stdout
        == '{"n":{"labels":["X"],"id":"a"}}\n'
    )
    assert "stopped" in run.invoke(app, ["stop"], env=env, catch_exceptions=False).stdout
    assert "was not running" in run.invoke(app, ["stop"], env=env, catch_exceptions=False).stdout
    assert not [each for each in psutil.process_iter(["cmdline"]) if str(tmp_path) in " ".join(each.info["cmdline"] or [])]


def test_a_given_database_is_not_ours_to_start_or_stop(run: CliRunner, neo4j_env: dict[str, str]) -> None:
    for command in (["start"], ["stop"], ["status"], ["backup", "x"], ["restore", "x"]):
        with pytest.raises(NotPrivate, match=f"NEO4J_URI is {neo4j_env['NEO4J_URI']}.*unset NEO4J_URI"):
            run.invoke(app, command, env=neo4j_env, catch_exceptions=False)


def test_a_restore_looks_for_the_file_before_it_asks(run: CliRunner, tmp_path: Path, cache: Path) -> None:
    for words in (["restore", str(tmp_path / "absent")], ["restore", str(tmp_path / "absent"), "--yes"]):
        with pytest.raises(BackupError, match=r"absent cannot be read as a backup \(No such file or directory\)"):
            run.invoke(app, words, env=own_home(tmp_path, cache), input="n\n", catch_exceptions=False)


def test_a_backup_that_cannot_be_written_is_refused_before_anything_is_started(run: CliRunner, tmp_path: Path, cache: Path) -> None:
    with pytest.raises(BackupError, match=r"cannot be written \(No such file or directory\); choose a folder that exists"):
        run.invoke(app, ["backup", str(tmp_path / "no" / "file.tar")], env=own_home(tmp_path, cache), catch_exceptions=False)
    assert list((tmp_path / "home").iterdir()) == []


def test_a_database_that_there_is_not_is_named(run: CliRunner, neo4j_env: dict[str, str], tmp_path: Path, cache: Path) -> None:
    with pytest.raises(DatabaseUnreachable, match=r"has no database 'other'; set NEO4J_DATABASE"):
        run.invoke(app, ["shell", "-c", "RETURN 1"], env=neo4j_env | {"NEO4J_DATABASE": "other"}, catch_exceptions=False)
    with pytest.raises(DatabaseUnreachable, match=r"NEO4J_DATABASE is 'other', but the private server has only"):
        run.invoke(app, ["start"], env=own_home(tmp_path, cache) | {"NEO4J_DATABASE": "other"}, catch_exceptions=False)


def test_the_shell_shows_rows_and_changes_as_a_table(run: CliRunner, neo4j_env: dict[str, str]) -> None:
    shown = run.invoke(
        app, ["shell", "-c", "UNWIND ['[red]x', 2, [1.5], null] AS value RETURN value"], env=neo4j_env, catch_exceptions=False
    ).stdout
    assert [word for word in ("[red]x", "2", "[1.5]", "null", "4 rows") if word not in shown] == []
    assert "nodes created: 1" in run.invoke(app, ["shell", "-c", "CREATE (:X)"], env=neo4j_env, catch_exceptions=False).stdout


def test_the_shell_takes_queries_from_a_pipe_until_quit(run: CliRunner, neo4j_env: dict[str, str]) -> None:
    typed = "RETURN\n 1 AS a;\nRETURN 2 AS b\n;\n:quit\nRETURN 3 AS c;\n"
    lines = run.invoke(app, ["shell", "--json"], env=neo4j_env, input=typed, catch_exceptions=False).stdout.splitlines()
    assert [json.loads(line) for line in lines] == [{"a": 1}, {"b": 2}]


def test_a_wrong_query_is_told_in_one_line(run: CliRunner, neo4j_env: dict[str, str]) -> None:
    with pytest.raises(QueryFailed, match=r"^Invalid input[^\n]*SyntaxError[^\n]*$"):
        run.invoke(app, ["shell", "-c", "MATCH (n"], env=neo4j_env, catch_exceptions=False)
    told = run.invoke(app, ["shell", "--json"], env=neo4j_env, input="MATCH (n;\nRETURN 1 AS a;\n", catch_exceptions=False)
    assert "Invalid input" in told.stderr
    assert told.stdout == '{"a":1}\n'


def test_the_home_is_closed_to_other_users(tmp_path: Path) -> None:
    from api.process.database import private_server

    settings = load({"CREATORGRAPH_HOME": str(tmp_path / "new")})
    private_server(settings)
    assert settings.home.stat().st_mode & 0o777 == 0o700
