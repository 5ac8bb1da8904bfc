"""A disk that fills up while a market is imported, scored, backed up and served: one line with a remedy, and the same command goes on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from simulation import market
from simulation.writing import write_tables
from tests.api.serving import COMMAND, serving

MEGABYTES = 300
LEFT_KILOBYTES = 300
FOR_HALF_AN_IMPORT = 1500


@dataclass(frozen=True)
class Disk:
    """A small disk, and how commands are run with their home on it."""

    path: Path
    environment: dict[str, str]

    def fill(self, *, left: int = LEFT_KILOBYTES) -> None:
        """Leave next to nothing: so many kilobytes."""
        free = os.statvfs(self.path).f_bavail * os.statvfs(self.path).f_frsize
        with (self.path / "ballast").open("wb") as ballast:
            os.posix_fallocate(ballast.fileno(), 0, free - left * 1024)

    def free(self) -> None:
        """Make room again."""
        (self.path / "ballast").unlink()

    def run(self, *words: object) -> subprocess.CompletedProcess[str]:
        """Run a command of creatorgraph."""
        environment = os.environ | self.environment | {"CREATORGRAPH_HOME": str(self.path / "home")}
        return subprocess.run([*COMMAND, *map(str, words)], env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def disk(tmp_path: Path, cache: Path) -> Iterator[Disk]:
    """Mount a small disk; only root may."""
    path = tmp_path / "disk"
    path.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "tmpfs", str(path)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root can mount a small disk")
    try:
        yield Disk(path, {"CREATORGRAPH_CACHE": str(cache), "CREATORGRAPH_HEAP_MB": "512", "CREATORGRAPH_PAGE_CACHE_MB": "64"})
    finally:
        subprocess.run(["umount", "--lazy", str(path)], check=True)


@pytest.mark.fault
@pytest.mark.timeout(900)
def test_a_full_disk_costs_one_line_and_what_was_asked_goes_on_once_there_is_room(disk: Disk, tmp_path: Path) -> None:
    write_tables(market(1, creators=40).tables, tmp_path / "market")
    commands = (("score",), ("db", "backup", disk.path / "graph.tar"))
    with serving(disk.path / "home", disk.environment) as served:
        _an_import_stops_in_its_middle_and_the_same_one_finishes(disk, tmp_path / "market")
        for words in commands:
            disk.fill()
            _refused_in_one_line(disk.run(*words))
            assert httpx.get(f"{served.url}/healthz").status_code == 200
            assert sorted(each.name for each in disk.path.iterdir()) == ["ballast", "home"]
            disk.free()
            done = disk.run(*words)
            assert done.returncode == 0, done.stderr
        ready = httpx.get(f"{served.url}/readyz", timeout=30)
        assert (ready.status_code, [check["ok"] for check in ready.json()["checks"]]) == (200, [True] * len(ready.json()["checks"]))
        code, said = served.end(signal.SIGINT)
    assert (code, "Traceback" in said) == (130, False)
    disk.fill()
    refused = disk.run("serve", "--port", "0")
    assert refused.returncode == 1
    assert "MB are free, and the database needs" in refused.stderr
    assert "Traceback" not in refused.stderr


def _an_import_stops_in_its_middle_and_the_same_one_finishes(disk: Disk, market: Path) -> None:
    disk.fill(left=FOR_HALF_AN_IMPORT)
    _refused_in_one_line(disk.run("import", market, "--json"))
    disk.free()
    again = disk.run("import", market, "--json")
    assert again.returncode == 0, again.stderr
    kinds = json.loads(again.stdout)["kinds"]
    created, read = (sum(counts[column] for counts in kinds.values()) for column in ("created", "read"))
    assert 0 < created < read, "some of it had been written, and is not written twice"
    assert [counts["rejected"] for counts in kinds.values()] == [0] * len(kinds)
    third = disk.run("import", market, "--json")
    assert {(counts["created"], counts["changed"]) for counts in json.loads(third.stdout)["kinds"].values()} == {(0, 0)}, (
        "all of it is there"
    )


def _refused_in_one_line(refused: subprocess.CompletedProcess[str]) -> None:
    assert (refused.returncode, refused.stdout) == (1, ""), refused.stderr
    assert refused.stderr.strip().count("\n") == 0
    assert "MB are free" in refused.stderr
    assert "free some space" in refused.stderr
