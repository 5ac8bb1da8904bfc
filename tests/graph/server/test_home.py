"""What a server keeps, and that nobody else may read it."""

import hashlib
import stat
from pathlib import Path

import pytest

from graph.server import Memory
from graph.server.home import UNFINISHED, Home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "neo4j")
    home.prepare()
    return home


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_password_is_random_kept_and_private(home: Home, tmp_path: Path) -> None:
    other = Home(tmp_path / "other")
    other.prepare()
    assert home.password() == home.password() != other.password()
    assert len(home.password()) >= 40
    assert mode(home.root / "password") == mode(home.data / "dbms" / "auth.ini") == 0o600
    assert mode(home.root) == 0o700


def test_neo4j_is_told_a_salted_hash(home: Home) -> None:
    line = (home.data / "dbms" / "auth.ini").read_text() if home.password() else ""
    name, rest = line.strip().split(":", 1)
    algorithm, digest, salt, rounds = rest.rstrip(":").split(",")
    expected = bytes.fromhex(salt) + home.password().encode()
    for _ in range(int(rounds)):
        expected = hashlib.sha256(expected).digest()
    assert (name, algorithm, digest) == ("neo4j", "SHA-256", expected.hex())
    assert home.password() not in line


def test_new_stores_take_the_old_ones_place(home: Home) -> None:
    (home.data / "old").touch()
    fresh = home.root / f"{UNFINISHED}x"
    (fresh / "data").mkdir(parents=True)
    (fresh / "data" / "new").touch()
    home.adopt(fresh / "data")
    assert [path.name for path in home.data.iterdir()] == ["new"]
    assert not (home.root / "data").exists()
    home.configure(port=1, memory=Memory(512, 64))
    assert f"server.directories.data={home.data.name}\n" in (home.configuration / "neo4j.conf").read_text()


def test_leftovers_of_a_kill_are_swept_and_data_are_not(home: Home) -> None:
    (home.root / "data-1234").mkdir()
    (home.root / f"{UNFINISHED}y").mkdir()
    home.sweep()
    assert {path.name for path in home.root.iterdir()} == {"conf", "data", "leases", "logs"}
