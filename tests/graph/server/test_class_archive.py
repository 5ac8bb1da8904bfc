"""The archive of classes: the runtime accepts it, and whatever fails leaves nothing behind."""

from __future__ import annotations

import subprocess
from pathlib import Path
from zipfile import ZipFile

import pytest

from api.process.archiving import archived
from graph.errors import ArchiveFailed
from graph.server.class_archive import LONGEST, NAMES_OTHERS, ordered, place, written
from graph.server.jars import cached_jars
from graph.server.runtime import Runtime


@pytest.fixture
def runtime(cache: Path) -> Runtime:
    """Return the runtime with its archive, which is made where this machine has none."""
    archived(cache)
    return Runtime.ready(cache)


@pytest.mark.timeout(900)
def test_the_runtime_takes_it(runtime: Runtime) -> None:
    """The option is the runtime's own: where it cannot take the archive it ends."""
    command = runtime.command("-version", heap=128, options=["-Xshare:on"])
    assert f"-XX:SharedArchiveFile={runtime.archive}" in command
    done = subprocess.run(command, env=runtime.environment(), capture_output=True, text=True, check=False)
    assert (done.returncode, "sharing" in done.stderr) == (0, True), done.stdout + done.stderr


def test_without_it_the_runtime_starts_as_well(runtime: Runtime, tmp_path: Path) -> None:
    bare = Runtime(runtime.java, runtime.jars, tmp_path / "none.jsa")
    command = bare.command("-version", heap=128)
    assert not [each for each in command if each.startswith("-XX:SharedArchiveFile")]
    assert subprocess.run(command, env=bare.environment(), capture_output=True, check=False).returncode == 0


def test_jars_that_name_others_come_last(cache: Path) -> None:
    jars = cached_jars(cache)
    naming = [jar.name for jar in jars if b"\nClass-Path:" in _manifest(jar)]
    assert [name for name in naming if not name.startswith(NAMES_OTHERS)] == []
    assert [jar.name for jar in ordered(jars)[-len(naming) :]] == naming
    assert sorted(ordered(jars)) == sorted(jars)


def test_other_jars_and_another_runtime_have_another(tmp_path: Path) -> None:
    release, jar = tmp_path / "release", tmp_path / "a.jar"
    release.write_text("21")
    jar.write_text("a")
    first = place(tmp_path, release, [jar])
    assert place(tmp_path, release, [jar]) == first
    release.write_text("22")
    second = place(tmp_path, release, [jar])
    jar.write_text("ab")
    assert len({first, second, place(tmp_path, release, [jar])}) == 3


def test_a_refusal_leaves_nothing(runtime: Runtime, tmp_path: Path) -> None:
    folder = tmp_path / "classes"
    classes = tmp_path / "list"
    classes.write_text("java/lang/Object id: not-a-number\n")
    with pytest.raises(ArchiveFailed, match=r"no archive of the database's classes was made: .*class list format error"):
        written(folder / "new.jsa", classes, [str(runtime.java)], runtime.environment())
    assert list(folder.iterdir()) == []


def test_it_replaces_the_one_before_and_reads_no_line_that_the_runtime_cannot(runtime: Runtime, tmp_path: Path) -> None:
    folder = tmp_path / "classes"
    folder.mkdir()
    (folder / "old.jsa").touch()
    classes = tmp_path / "list"
    classes.write_text(f"java/lang/Object id: 0\n@lambda-proxy {'x' * LONGEST}\njdk/proxy2/$Proxy1 id: 1\n")
    written(folder / "new.jsa", classes, [str(runtime.java), "-Xmx128m"], runtime.environment())
    assert [each.name for each in folder.iterdir()] == ["new.jsa"]


def _manifest(jar: Path) -> bytes:
    with ZipFile(jar) as opened:
        return opened.read("META-INF/MANIFEST.MF") if "META-INF/MANIFEST.MF" in opened.namelist() else b""
