"""The lock is kept to the letter, and the cache survives kills and rot."""

import hashlib
import re
import shutil
from pathlib import Path

import pytest

from graph.errors import JarRefused, JarUnavailable
from graph.server.jars import Jar, cached_jars, is_intact, locked_jars

CONTENT = b"a small jar"
JAR = Jar("org.example:small:1.0", hashlib.sha256(CONTENT).hexdigest(), len(CONTENT))
NATIVE = Jar("org.example:small:1.0:linux", JAR.sha256, JAR.size)


def served(content: bytes):
    def source(coordinate: str, folder: Path) -> Path:
        file = folder / "download"
        file.write_bytes(content)
        return file

    return source


def nothing_served(coordinate: str, folder: Path) -> Path:
    raise ConnectionError("no network")


def test_the_lock_names_each_file_once_with_its_sum_and_no_address() -> None:
    jars = locked_jars()
    assert len({jar.path for jar in jars}) == len(jars) > 200
    assert all(re.fullmatch(r"[0-9a-f]{64}", jar.sha256) and jar.size > 0 for jar in jars)
    assert all(re.fullmatch(r"[\w.-]+(:[\w.-]+){2,3}", jar.coordinate) for jar in jars)


def test_what_arrives_is_cached_and_then_needs_no_network(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    paths = cached_jars(tmp_path, [JAR, NATIVE], source=served(CONTENT), progress=lambda done, total: seen.append((done, total)))
    assert [path.relative_to(tmp_path).as_posix() for path in paths] == ["org.example/small-1.0.jar", "org.example/small-1.0-linux.jar"]
    assert seen == [(0, 22), (11, 22), (22, 22)]
    assert cached_jars(tmp_path, [JAR, NATIVE], source=nothing_served) == paths


def test_a_wrong_sum_is_refused_and_not_kept(tmp_path: Path) -> None:
    with pytest.raises(JarRefused, match=f"org.example:small:1.0.*{JAR.sha256}.*try again"):
        cached_jars(tmp_path, [JAR], source=served(b"a wrong jar"))
    assert list((tmp_path / "org.example").iterdir()) == []


def test_a_cached_file_that_rotted_is_fetched_again(tmp_path: Path) -> None:
    [path] = cached_jars(tmp_path, [JAR], source=served(CONTENT))
    path.write_bytes(b"a SMALL jar")
    assert not is_intact(path, JAR)
    assert cached_jars(tmp_path, [JAR], source=served(CONTENT)) == [path]
    assert is_intact(path, JAR)


def test_what_arrived_before_a_failure_is_kept(tmp_path: Path) -> None:
    cached_jars(tmp_path, [JAR], source=served(CONTENT))
    with pytest.raises(JarUnavailable, match=r"linux.*no network.*try again"):
        cached_jars(tmp_path, [JAR, NATIVE], source=nothing_served)
    assert cached_jars(tmp_path, [JAR], source=nothing_served)


def test_a_download_of_the_real_thing_has_the_locked_sum(tmp_path: Path, cache: Path) -> None:
    smallest = min(locked_jars(), key=lambda jar: jar.size)
    try:
        [path] = cached_jars(tmp_path, [smallest])
    except JarUnavailable as error:
        if not (cache / smallest.path).exists():
            raise
        pytest.skip(f"offline: {error}")
    assert is_intact(path, smallest)
    shutil.rmtree(tmp_path)
