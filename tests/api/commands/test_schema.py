"""The schema, printed and compared."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.commands.schema import BROKEN, DRIFTED, app, breaking
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
    saved.write_text(sdl().replace("type Viewer {", "type Viewer {\n  old: Int\n", 1), "utf-8")
    result = RUNNER.invoke(app, ["check", "--against", str(saved)])
    assert result.exit_code == BROKEN
    assert "Viewer.old was removed" in result.stderr


def test_what_was_never_saved_cannot_be_compared(folder: Path) -> None:
    assert RUNNER.invoke(app, ["check", "--against", "v0.0.0-none"]).exit_code == 1


def test_new_fields_break_nobody() -> None:
    assert breaking("type Query { a: Int }", "type Query { a: Int b: Int }") == []
    assert breaking("type Query { a: Int b: Int }", "type Query { a: Int }") == ["FIELD_REMOVED: Field Query.b was removed."]
