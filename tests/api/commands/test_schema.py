"""The schema, printed and compared."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.commands.schema import BASE, BROKEN, DRIFTED, RISKY, NothingSaved, app
from api.graphql.schema import sdl

RUNNER = CliRunner()


def test_it_prints_the_schema() -> None:
    assert RUNNER.invoke(app, ["print"]).stdout == sdl()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "api").mkdir()
    (tmp_path / "api" / "schema.graphql").write_text(sdl(), "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_committed_schema_that_differs_is_told(folder: Path) -> None:
    (folder / "api" / "schema.graphql").write_text("type Query { old: Int }", "utf-8")
    result = RUNNER.invoke(app, ["check"])
    assert result.exit_code == DRIFTED
    assert "schema print" in result.stderr


def test_nothing_breaks_against_itself(folder: Path) -> None:
    assert RUNNER.invoke(app, ["check", "--against", "api/schema.graphql"]).exit_code == 0


def test_a_lost_field_breaks_clients(folder: Path) -> None:
    saved = folder / "before.graphql"
    saved.write_text(sdl().replace("type Viewer @cost(weight: 0) {", "type Viewer @cost(weight: 0) {\n  old: Int\n", 1), "utf-8")
    result = RUNNER.invoke(app, ["check", "--against", str(saved)])
    assert result.exit_code == BROKEN
    assert "Viewer.old was removed" in result.stderr


def test_what_was_never_saved_cannot_be_compared(folder: Path) -> None:
    for command in (["check", "--against", "v0.0.0-none"], ["diff", "v0.0.0-none"]):
        result = RUNNER.invoke(app, command)
        assert result.exit_code == 1
        assert isinstance(result.exception, NothingSaved)
        assert "'v0.0.0-none' is neither a file nor a git revision that holds api/schema.graphql" in result.exception.message


def test_a_difference_is_told_in_words(folder: Path) -> None:
    old, new = folder / "old.graphql", folder / "new.graphql"
    old.write_text("enum Kind { A } type Query { a: Kind b: Int c: Int }", "utf-8")
    new.write_text('enum Kind { A B } type Query { a: Kind c: Int @deprecated(reason: "Use `a`. Removed after 2027-01-31.") }', "utf-8")
    result = RUNNER.invoke(app, ["diff", str(old), str(new)])
    assert result.exit_code == BROKEN
    assert result.stdout.splitlines() == [
        "Breaking: 1",
        "  Field Query.b was removed: operations that name the field are refused",
        "Dangerous: 1",
        "  Enum value Kind.B was added: clients that take only the old values may stumble over the new one",
        "Deprecated: 1",
        "  Query.c is deprecated and stays until 2027-01-31: Use `a`.",
    ]


def test_dangerous_changes_are_an_error_where_that_is_asked_for(folder: Path) -> None:
    old, new = folder / "old.graphql", folder / "new.graphql"
    old.write_text("enum Kind { A } type Query { a: Kind }", "utf-8")
    new.write_text("enum Kind { A B } type Query { a: Kind b: Int }", "utf-8")
    command = ["diff", str(old), str(new)]
    assert [RUNNER.invoke(app, each).exit_code for each in (command, [*command, "--strict"], ["diff", str(new), str(new), "--strict"])] == [
        0,
        RISKY,
        0,
    ]


def test_the_last_release_is_compared_with_where_nothing_is_named(folder: Path) -> None:
    assert RUNNER.invoke(app, ["check"]).exit_code == RUNNER.invoke(app, ["diff"]).exit_code
    assert RUNNER.invoke(app, ["diff"]).stdout == RUNNER.invoke(app, ["diff", str(BASE), "api/schema.graphql"]).stdout
