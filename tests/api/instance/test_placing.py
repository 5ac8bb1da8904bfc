"""A restored instance is whole, whenever it is cut off, and lets nobody in again who was shut out."""

from __future__ import annotations

import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from api.access.grants import Grant
from api.access.store import Store
from api.access.subjects import Identity
from api.access.viewer import Role
from api.errors import AccessError
from api.instance.contents import SETTINGS
from api.instance.placing import HomeInUse, RestoreUnfinished, hold, place, refuse_unfinished
from graph.errors import BackupError
from tests.api.audit.writing import log_of, verdict
from tests.api.instance.homes import collected, holders, home

__all__ = ["home"]

WHO = Identity("https://login.example.org", "user-1")
ELSEWHERE = """
import sys
from pathlib import Path
from api.access.store import Store

keys = Store(Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.read()
"""


class Killed(BaseException):
    """What a kill is, for the files that it leaves."""


def restored(copy: Path, into: Path) -> tuple[Path | None, list[str]]:
    with hold(into) as held:
        return place(copy, held), held.notes


def ends(home: Path) -> list[tuple[str, int | None, int | None]]:
    with closing(Store(home)) as keys:
        return [(each.grant.name, each.revoked_at, each.grant.expires_at) for each in keys.records()]


def test_it_comes_into_a_new_home(home: Path) -> None:
    new = home.with_name("new")
    assert restored(collected(home), new) == (None, [])
    assert holders(new) == ["acme", "bobs"]
    assert (verdict(new).size, verdict(new).sound) == (320, True)
    assert stat.S_IMODE((new / SETTINGS).stat().st_mode) == 0o600
    refuse_unfinished(new)


def test_what_was_there_is_kept_aside_and_a_log_that_goes_on_stays(home: Path) -> None:
    copy = collected(home)
    with closing(Store(home)) as keys:
        keys.create(Grant("since", Role.ADMIN), now=2)
    (home / "sessions.sqlite").touch()
    log_of(home, 30)
    aside, notes = restored(copy, home)
    assert aside is not None
    assert aside.parent == home
    assert holders(home) == ["acme", "bobs"]
    assert holders(aside) == ["acme", "bobs", "since"]
    assert not (home / "sessions.sqlite").exists()
    assert (verdict(home).size, verdict(home).sound) == (350, True)
    assert notes == ["The home's own audit log was kept, since it goes on from the backup's."]


def test_a_log_that_was_changed_is_replaced(home: Path) -> None:
    copy = collected(home)
    (home / "audit" / "checkpoint").unlink()
    (home / "audit" / "checkpoint").write_bytes(b"")
    aside, notes = restored(copy, home)
    assert (verdict(home).size, verdict(home).sound, notes) == (320, True, [])
    assert aside is not None
    assert (aside / "audit" / "checkpoint").read_bytes() == b""


def test_whoever_was_shut_out_since_stays_out(home: Path) -> None:
    with closing(Store(home)) as keys:
        for name in ("rotated", "erased"):
            keys.create(Grant(name, Role.CREATOR, creator=name), now=2)
    copy = collected(home)
    with closing(Store(home)) as keys:
        keys.revoke("acme", now=50)
        keys.rotate("rotated", now=60, overlap=10)
        keys.remove_of(["erased"])
        keys.subjects.block("", now=70, unseen=WHO)
    restored(copy, home)
    assert ends(home) == [("acme", 50, None), ("bobs", None, None), ("rotated", None, 70)]
    with closing(Store(home)) as keys:
        assert [(each.identity, each.blocked_at) for each in keys.subjects.subjects()] == [(WHO, 70)]


@pytest.mark.fault
def test_a_restore_that_is_killed_at_any_step_is_made_good_by_another(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each attempt is killed one step later than the one before, until one comes through."""
    with closing(Store(home)) as keys:
        keys.rotate("bobs", now=2)
    first = collected(home)
    with closing(Store(home)) as keys:
        keys.revoke("acme", now=50)
    left, rename, steps = [0], Path.replace, 0

    def killed_in_time(path: Path, target: Path) -> Path:
        left[0] -= 1
        if left[0] < 0:
            raise Killed
        return rename(path, target)

    monkeypatch.setattr(Path, "replace", killed_in_time)
    for steps in range(20):
        left[0] = 1_000
        copy = first.with_name(f"copy-{steps}")
        subprocess.run(["cp", "-a", first, copy], check=True)
        left[0] = steps
        try:
            restored(copy, home)
            break
        except Killed:
            left[0] = 1_000
            assert (home / "access.sqlite").exists()
            assert (home / "signing.key").exists()
            if steps:
                with pytest.raises(RestoreUnfinished, match="run `creatorgraph db restore` again"):
                    refuse_unfinished(home)
    assert steps > 3
    left[0] = 1_000
    refuse_unfinished(home)
    assert ends(home)[0] == ("acme", 50, None)
    assert verdict(home).sound


def test_a_home_that_another_process_uses_is_refused(home: Path) -> None:
    with hold(home):
        pass
    with subprocess.Popen([sys.executable, "-c", ELSEWHERE, home], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"open\n"
        with pytest.raises(HomeInUse, match=r"a process uses .*access\.sqlite; stop `creatorgraph serve`"), hold(home):
            pass
        other.communicate()
    with hold(home):
        pass


@pytest.mark.fault
def test_a_damaged_home_is_restored_and_it_is_said_what_cannot_be_known(home: Path) -> None:
    copy = collected(home)
    (home / "access.sqlite").write_bytes(b"no database at all, but longer than a header of one " * 40)
    aside, notes = restored(copy, home)
    assert holders(home) == ["acme", "bobs"]
    assert aside is not None
    assert (aside / "access.sqlite").read_bytes().startswith(b"no database")
    assert notes[0] == f"{home}/access.sqlite could not be read (file is not a database)."
    assert notes[1] == "Revoke again which keys were revoked since the backup."


def test_a_home_of_a_newer_program_is_left_alone(home: Path) -> None:
    with closing(Store(home)) as keys:
        keys._database.execute("PRAGMA user_version = 99")
    with pytest.raises(AccessError, match=r"home/access\.sqlite is of version 99, newer than this program's"), hold(home):
        pass


def test_where_files_cannot_be_replaced_it_says_how_far_it_came(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = collected(home)

    def refused(*_: object) -> Path:
        raise OSError(16, "Device or resource busy")

    with hold(home) as held:
        monkeypatch.setattr(Path, "replace", refused)
        with pytest.raises(BackupError, match=r"holds only a part of the backup .*busy.*restore again; what was there is in .*replaced-"):
            place(copy, held)
