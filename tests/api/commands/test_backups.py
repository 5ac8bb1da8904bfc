"""`creatorgraph db backup`, `verify` and `restore` of an instance whose database is another server's, as a user types them."""

from __future__ import annotations

import json
import os
import tarfile
from contextlib import closing
from pathlib import Path

import pyrage
import pytest
from typer.testing import CliRunner, Result

from api.access.grants import Grant
from api.access.store import Store
from api.access.viewer import Role
from api.commands.db import NotPrivate, app
from api.instance.placing import HomeInUse
from graph.errors import BackupError

ELSEWHERE = "bolt://db.example.org:7687"


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hide what is set where the tests run, since a backup holds it."""
    for name in list(os.environ):
        if name.startswith(("CREATORGRAPH_", "NEO4J_")):
            monkeypatch.delenv(name)


def run(home: Path, *words: str | Path, answer: str = "") -> Result:
    env = {"NEO4J_URI": ELSEWHERE, "NEO4J_PASSWORD": "other's", "CREATORGRAPH_HOME": str(home)}
    return CliRunner().invoke(app, [str(each) for each in words], env=env, input=answer, catch_exceptions=False)


def names(home: Path) -> list[str]:
    with closing(Store(home)) as keys:
        return [each.grant.name for each in keys.records()]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a home with one key."""
    home = tmp_path / "home"
    with closing(Store(home)) as keys:
        keys.create(Grant("acme", Role.ANALYST), now=1)
    return home


@pytest.fixture
def identity(tmp_path: Path) -> tuple[str, Path]:
    """Return an age recipient, and the file of its identity."""
    own = pyrage.x25519.Identity.generate()
    (tmp_path / "identity").write_text(f"{own}\n")
    return str(own.to_public()), tmp_path / "identity"


def test_an_instance_moves_to_another_home(home: Path, identity: tuple[str, Path], tmp_path: Path) -> None:
    recipient, file = identity
    backup, new = tmp_path / "a.tar", tmp_path / "new"
    assert "without the graph, with the instance" in run(home, "backup", backup, "--recipient", recipient).stdout
    with tarfile.open(backup) as archive:
        assert archive.getnames() == ["manifest.json", "instance.age"]
        assert {(each.mode, each.uname, each.uid) for each in archive} == {(0o600, "", 0)}
    assert list(home.glob("unfinished-backup/*")) == []
    assert "The instance is sound: access.sqlite, settings.env." in run(new, "verify", backup, "--identity", file).stdout
    assert not (new / "access.sqlite").exists()
    assert run(new, "restore", backup, "--identity", file, answer="y\n").exit_code == 0
    assert names(new) == ["acme"]
    assert (new / "settings.env").read_text() == f"NEO4J_URI={ELSEWHERE}\nNEO4J_PASSWORD='other'\"'\"'s'\n"


def test_a_passphrase_is_asked_for_twice_and_then_once(home: Path, tmp_path: Path) -> None:
    backup, asked = tmp_path / "a.tar", "five words that nobody guesses\n"
    assert run(home, "backup", backup, "--passphrase", answer=asked * 2).exit_code == 0
    with closing(Store(home)) as keys:
        keys.create(Grant("since", Role.ADMIN), now=2)
    restored = run(home, "restore", backup, "--passphrase", "--yes", answer=asked)
    assert f"What was there is in {home}/replaced-" in restored.stdout
    assert names(home) == ["acme"]


def test_what_is_missing_or_wrong_is_said_before_anything_is_replaced(home: Path, identity: tuple[str, Path], tmp_path: Path) -> None:
    recipient, file = identity
    backup, damaged = tmp_path / "a.tar", tmp_path / "damaged.tar"
    with pytest.raises(NotPrivate, match=rf"NEO4J_URI is {ELSEWHERE}.*--recipient or --passphrase"):
        run(home, "backup", backup)
    run(home, "backup", backup, "--recipient", recipient)
    with pytest.raises(BackupError, match="already exists"):
        run(home, "backup", backup, "--recipient", recipient)
    with pytest.raises(NotPrivate, match=r"NEO4J_URI is .*--identity or --passphrase restores"):
        run(home, "restore", backup, "--yes")
    assert run(home, "verify", backup).exit_code == 1
    with closing(Store(home)), pytest.raises(HomeInUse, match="stop `creatorgraph serve`"):
        run(home, "restore", backup, "--identity", file, "--yes")
    damaged.write_bytes(backup.read_bytes().replace(b"age-encryption.org", b"age-encryption.com"))
    for command in ("verify", "restore"):
        with pytest.raises(BackupError, match=r"is incomplete or damaged .*SHA-256 of instance\.age"):
            run(home, command, damaged, "--identity", file, answer="y\n")
    assert run(home, "restore", backup, "--identity", file, answer="n\n").exit_code == 1
    assert names(home) == ["acme"]
    assert list(home.glob("replaced-*")) == []


def test_the_manifest_tells_nothing_of_what_is_sealed(home: Path, identity: tuple[str, Path], tmp_path: Path) -> None:
    run(home, "backup", tmp_path / "a.tar", "--recipient", identity[0])
    with tarfile.open(tmp_path / "a.tar") as archive:
        member = archive.extractfile("manifest.json")
        manifest = json.loads(member.read()) if member else {}
    assert sorted(manifest) == ["created_at", "digest", "format", "product", "schema", "sealed", "sha256", "size"]
    assert (manifest["sha256"], manifest["schema"], list(manifest["sealed"])) == (None, None, ["instance.age"])
