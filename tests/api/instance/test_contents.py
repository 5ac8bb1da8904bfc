"""What an instance keeps is copied whole, whoever writes it meanwhile, and what is wrong with it is named."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path, PurePosixPath

import pytest

from api.access.grants import Grant
from api.access.store import Store
from api.access.viewer import Role
from api.audit.files import FOLDER
from api.instance.contents import SETTINGS, belongs, names, problems
from tests.api.audit.writing import log_of, verdict
from tests.api.instance.homes import collected, holders, home

__all__ = ["home"]


def test_all_of_it_is_copied(home: Path) -> None:
    copy = collected(home)
    assert names(copy) == ["access.sqlite", "audit", "audit.key", SETTINGS, "signing.key"]
    assert list(problems(copy)) == []
    assert (copy / SETTINGS).read_text() == "CREATORGRAPH_HOST=0.0.0.0\nCREATORGRAPH_PORT=9000\nNEO4J_PASSWORD='it'\"'\"'s secret'\n"


def test_a_log_that_is_written_meanwhile_is_copied_between_two_entries(home: Path) -> None:
    copy = collected(home)
    log_of(home, 600)
    assert verdict(copy).size == 320
    assert verdict(copy).sound


def test_a_log_on_another_disk_is_copied(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def other_disk(*_: object) -> None:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr("os.link", other_disk)
    assert verdict(collected(home)).sound


def test_keys_that_are_being_written_are_copied_as_they_were(home: Path) -> None:
    with closing(Store(home)) as keys:
        keys.create(Grant("in the journal", Role.ADMIN), now=2)
        copy = collected(home)
        keys.create(Grant("later", Role.ADMIN), now=3)
    assert holders(copy) == ["acme", "bobs", "in the journal"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("access.sqlite", b"no database at all, but longer than a header of one " * 40, "access.sqlite: file is not a database"),
        ("signing.key", b"short", "holds 5 bytes, a signing key has 32"),
        (f"{FOLDER}/checkpoint", b"", "audit: "),
        ("audit.key", None, "audit: audit.key, which signs it, is missing"),
    ],
)
def test_what_is_damaged_is_named(home: Path, name: str, content: bytes | None, said: str) -> None:
    copy = collected(home)
    (copy / name).unlink()
    if content is not None:
        (copy / name).write_bytes(content)
    [*found] = problems(copy)
    assert found
    assert said in found[0]


def test_keys_of_a_newer_program_are_named(home: Path) -> None:
    copy = collected(home)
    with closing(Store(copy)) as keys:
        keys._database.execute("PRAGMA user_version = 99")
    [found] = problems(copy)
    assert "is of version 99, newer than this program's" in found


def test_only_what_an_instance_has_belongs_to_it() -> None:
    for path in ("access.sqlite", "settings.env", "audit.key", "audit/checkpoint", "audit/tile/0/x000/001"):
        assert belongs(PurePosixPath(path))
    for path in ("other", "audit", "audit/../access.sqlite", "neo4j/password", "access.sqlite/x", "sessions.sqlite"):
        assert not belongs(PurePosixPath(path))
