"""Files that several processes share: what each writes, the others see."""

from __future__ import annotations

import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from api.access.sqlite import changes, opened, writing

ELSEWHERE = """
import sys
from contextlib import closing
from pathlib import Path
from api.access.sqlite import opened, writing

with closing(opened(Path(sys.argv[1]))) as database, writing(database):
    database.execute("INSERT INTO written VALUES ('elsewhere')")
"""
WRITTEN = "SELECT by FROM written ORDER BY rowid"


def written(database: sqlite3.Connection) -> list[str]:
    return [by for (by,) in database.execute(WRITTEN)]


def test_the_file_is_its_owners_alone(tmp_path: Path) -> None:
    with closing(opened(tmp_path / "home" / "a.sqlite")) as database:
        database.execute("CREATE TABLE written (by TEXT)")
        assert stat.S_IMODE((tmp_path / "home").stat().st_mode) == 0o700
        assert {stat.S_IMODE(each.stat().st_mode) for each in (tmp_path / "home").iterdir()} == {0o600}


def test_opening_a_file_again_lets_go_of_nothing(tmp_path: Path) -> None:
    """A second connection comes and goes; another process writes and closes; what it wrote is seen, and nothing is lost."""
    file = tmp_path / "a.sqlite"
    with closing(opened(file)) as first:
        first.execute("CREATE TABLE written (by TEXT)")
        seen = changes(first)
        opened(file).close()
        for _ in range(2):
            subprocess.run([sys.executable, "-c", ELSEWHERE, str(file)], check=True)
        assert changes(first) != seen
        assert written(first) == ["elsewhere"] * 2
        with writing(first):
            first.execute("INSERT INTO written VALUES ('here')")
        subprocess.run([sys.executable, "-c", ELSEWHERE, str(file)], check=True)
        assert written(first) == ["elsewhere", "elsewhere", "here", "elsewhere"]
    with closing(opened(file)) as later:
        assert written(later) == ["elsewhere", "elsewhere", "here", "elsewhere"]
