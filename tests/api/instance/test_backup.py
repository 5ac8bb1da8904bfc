"""What a killed backup leaves in a home is secrets as they are; whoever comes next removes it, unless it is still at work."""

from __future__ import annotations

import json
import tarfile
from pathlib import Path

import pytest

from api.instance.backup import FOLDER, back_up_instance, sealed_parts, sweep, unsealed_instance
from api.instance.sealing import Opener, Seal
from api.settings import load
from graph.errors import BackupError
from graph.server.archive import FORMAT, MANIFEST, read_manifest
from tests.api.instance.homes import home

__all__ = ["home"]

RECIPIENT = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj"


def test_what_a_killed_one_left_is_removed(home: Path) -> None:
    (home / FOLDER / "plain").mkdir(parents=True)
    (home / FOLDER / "plain" / "settings.env").write_text("NEO4J_PASSWORD=secret")
    sweep(home)
    assert not (home / FOLDER).exists()


def test_one_that_is_at_work_is_left_alone_and_keeps_others_out(home: Path) -> None:
    settings = load({"CREATORGRAPH_HOME": str(home)})
    with sealed_parts(settings, {}, Seal((RECIPIENT,))) as parts:
        sweep(home)
        assert [each.name for each in (home / FOLDER).iterdir()] == list(parts)
        with pytest.raises(BackupError, match="another process works on a backup"), sealed_parts(settings, {}, Seal((RECIPIENT,))):
            pass
    assert not (home / FOLDER).exists()


@pytest.mark.parametrize("name", ["../../outside", "/outside", "neo4j.dump"])
def test_a_manifest_that_names_other_parts_is_none(name: str, tmp_path: Path) -> None:
    said = {"format": FORMAT, "schema": None, "product": "0", "created_at": "", "sha256": None, "size": 0, "sealed": {name: "0"}}
    (tmp_path / MANIFEST).write_text(json.dumps(said))
    with tarfile.open(tmp_path / "a.tar", "w") as archive:
        archive.add(tmp_path / MANIFEST, MANIFEST)
    with pytest.raises(BackupError, match="has no manifest of a creatorgraph backup"):
        read_manifest(tmp_path / "a.tar")


def test_what_a_later_version_added_is_passed_over(home: Path, tmp_path: Path) -> None:
    back_up_instance(load({"CREATORGRAPH_HOME": str(home)}), {}, tmp_path / "a.tar", Seal((RECIPIENT,)), overwrite=False)
    with tarfile.open(tmp_path / "a.tar") as archive:
        archive.extractall(tmp_path / "parts", filter="data")
    said = json.loads((tmp_path / "parts" / MANIFEST).read_text())
    (tmp_path / "parts" / MANIFEST).write_text(json.dumps({**said, "colour": "blue"}))
    with tarfile.open(tmp_path / "b.tar", "w") as archive:
        for part in (MANIFEST, *said["sealed"]):
            archive.add(tmp_path / "parts" / part, part)
    assert read_manifest(tmp_path / "b.tar").sealed == said["sealed"]


def test_a_backup_of_the_graph_alone_holds_no_instance(home: Path, tmp_path: Path) -> None:
    said = {"format": FORMAT, "schema": None, "product": "0", "created_at": "", "sha256": None, "size": 0}
    (tmp_path / MANIFEST).write_text(json.dumps(said))
    with tarfile.open(tmp_path / "a.tar", "w") as archive:
        archive.add(tmp_path / MANIFEST, MANIFEST)
    with (
        pytest.raises(BackupError, match="holds the graph alone; give a backup that was made with --passphrase or --recipient"),
        unsealed_instance(home, tmp_path / "a.tar", Opener(passphrase="anything at all")),
    ):
        pass
