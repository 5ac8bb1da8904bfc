"""`creatorgraph import --guess`."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.commands.import_ import app
from graph.rows import Row
from graph.sources import BadMapping, read

CONTENT = "Creator username,Followers\n@Maya.Example,475.8m\nother,x\n"


def test_a_mapping_is_proposed_shown_and_written(tmp_path: Path) -> None:
    file = tmp_path / "creators.2026.csv"
    file.write_text(CONTENT)
    found = CliRunner().invoke(app, ["--guess", str(file)])
    assert found.exit_code == 0, found.output
    assert "line 2: creators: id=maya.example, handle=Maya.Example, region=ZZ, follower_count=475800000" in found.output
    assert "line 3: creators rejected: follower_count 'x': expected a number" in found.output
    assert f"creatorgraph import {file} --mapping {tmp_path / 'creators.toml'} --dry-run" in found.output
    assert [item.values["id"] for item in read(file, mapping=tmp_path / "creators.toml") if isinstance(item, Row)] == ["maya.example"]


def test_nothing_is_overwritten_and_another_place_can_be_named(tmp_path: Path) -> None:
    file = tmp_path / "c.csv"
    file.write_text(CONTENT)
    (tmp_path / "c.toml").write_text("mine")
    with pytest.raises(BadMapping, match="exists already"):
        CliRunner().invoke(app, ["--guess", str(file)], catch_exceptions=False)
    assert (tmp_path / "c.toml").read_text() == "mine"
    assert CliRunner().invoke(app, ["--guess", str(file), "--mapping", str(tmp_path / "d.toml")]).exit_code == 0
    assert 'table = "creators"' in (tmp_path / "d.toml").read_text()


@pytest.mark.parametrize("option", [("--encoding", "gb18030"), ("--delimiter", ";")])
def test_what_a_guess_finds_itself_is_not_ignored_when_given(tmp_path: Path, option: tuple[str, str]) -> None:
    (tmp_path / "c.csv").write_text(CONTENT)
    with pytest.raises(BadMapping, match=f"omit {option[0]}"):
        CliRunner().invoke(app, ["--guess", str(tmp_path / "c.csv"), *option], catch_exceptions=False)
    assert list(tmp_path.glob("*.toml")) == []


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(BadMapping, match="reads one file"):
        CliRunner().invoke(app, ["--guess", str(tmp_path)], catch_exceptions=False)


def test_a_mapping_that_is_missing(tmp_path: Path) -> None:
    assert CliRunner().invoke(app, ["--mapping", str(tmp_path / "none.toml"), str(tmp_path)]).exit_code == 2
