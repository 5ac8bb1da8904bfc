"""What an instance keeps comes back whole, whoever writes it meanwhile, and lets nobody in again who was shut out."""

from __future__ import annotations

import shutil
import stat
from contextlib import closing
from pathlib import Path

import pytest

from api.access.grants import Grant
from api.access.store import Store
from api.access.subjects import Identity
from api.access.viewer import Role
from api.audit.files import FOLDER
from api.instance.contents import SETTINGS, HomeInUse, collect, found, problems, put, refuse_if_used
from api.settings import Settings
from api.settings import load as loaded
from tests.api.audit.writing import log_of, verdict

SET = {"CREATORGRAPH_HOST": "0.0.0.0", "CREATORGRAPH_PORT": "9000", "NEO4J_PASSWORD": "it's secret", "PATH": "/bin"}


def settings(home: Path) -> Settings:
    return loaded({"CREATORGRAPH_HOME": str(home)})


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a home with keys and an audit log."""
    home = tmp_path / "home"
    with closing(Store(home)) as keys:
        for name in ("acme", "bobs"):
            keys.create(Grant(name, Role.ANALYST), now=1)
    (home / "signing.key").write_bytes(bytes(32))
    log_of(home, 300, 20)
    return home


def collected(home: Path, folder: Path) -> Path:
    folder.mkdir()
    collect(settings(home), SET, folder)
    return folder


def names(home: Path) -> list[str]:
    with closing(Store(home)) as keys:
        return [each.grant.name for each in keys.records()]


def test_all_of_it_comes_back(home: Path, tmp_path: Path) -> None:
    copy = collected(home, home / "copy")
    assert found(copy) == ["access.sqlite", "audit", "audit.key", SETTINGS, "signing.key"]
    assert list(problems(copy)) == []
    assert (copy / SETTINGS).read_text() == "CREATORGRAPH_HOST=0.0.0.0\nCREATORGRAPH_PORT=9000\nNEO4J_PASSWORD='it'\"'\"'s secret'\n"
    assert put(copy, tmp_path / "new") is None
    assert names(tmp_path / "new") == ["acme", "bobs"]
    assert verdict(tmp_path / "new").size == 320
    assert verdict(tmp_path / "new").sound
    assert stat.S_IMODE((tmp_path / "new" / SETTINGS).stat().st_mode) == 0o600


def test_a_log_that_is_written_meanwhile_is_copied_between_two_entries(home: Path) -> None:
    copy = collected(home, home / "copy")
    log_of(home, 600)
    assert verdict(copy).size == 320
    assert verdict(copy).sound


def test_keys_that_are_being_written_are_copied_as_they_were(home: Path) -> None:
    with closing(Store(home)) as keys:
        keys.create(Grant("in the journal", Role.ADMIN), now=2)
        copy = collected(home, home / "copy")
        keys.create(Grant("later", Role.ADMIN), now=3)
    assert names(copy) == ["acme", "bobs", "in the journal"]


def test_what_was_there_is_kept_aside(home: Path) -> None:
    copy = collected(home, home / "copy")
    with closing(Store(home)) as keys:
        keys.create(Grant("since", Role.ADMIN), now=2)
    aside = put(copy, home)
    assert aside is not None
    assert aside.parent == home
    assert names(home) == ["acme", "bobs"]
    assert names(aside) == ["acme", "bobs", "since"]
    assert verdict(aside).size == 320


def test_whoever_was_shut_out_since_stays_out(home: Path) -> None:
    copy = collected(home, home / "copy")
    who = Identity("https://login.example.org", "user-1")
    with closing(Store(home)) as keys:
        keys.revoke("acme", now=50)
        keys.subjects.block("", now=60, unseen=who)
    put(copy, home)
    with closing(Store(home)) as keys:
        assert [(each.grant.name, each.revoked_at) for each in keys.records()] == [("acme", 50), ("bobs", None)]
        assert [(each.identity, each.blocked_at) for each in keys.subjects.subjects()] == [(who, 60)]


def test_a_home_in_use_is_refused(home: Path) -> None:
    refuse_if_used(home)
    with closing(Store(home)), pytest.raises(HomeInUse, match=r"a process uses .*access\.sqlite; stop `creatorgraph serve`"):
        refuse_if_used(home)
    refuse_if_used(home)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("access.sqlite", b"no database at all, but longer than a header of one " * 40, "access.sqlite: file is not a database"),
        ("signing.key", b"short", "signing.key: .*holds 5 bytes, a signing key has 32"),
        (f"{FOLDER}/checkpoint", b"", "audit: "),
    ],
)
def test_what_is_damaged_is_named(home: Path, name: str, content: bytes, said: str) -> None:
    copy = collected(home, home / "copy")
    target = copy / name
    fresh = shutil.copy(target, target.with_name("fresh"))
    Path(fresh).write_bytes(content)
    Path(fresh).replace(target)
    with pytest.raises(AssertionError, match=said):
        assert list(problems(copy)) == []
