"""A backup gives back the same graph, also from a killed server; what is not a good backup changes nothing."""

import asyncio
import gzip
import io
import json
import os
import shutil
import signal
import tarfile
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Final, LiteralString

import pytest

from graph.connection import open_driver
from graph.digest import content_digest
from graph.errors import BackupError, OfflineCommandFailed, SchemaNewer, StoreUnreadable
from graph.migrations import VERSION, migrate
from graph.server import PrivateServer
from graph.server.archive import DUMP, FORMAT, MANIFEST, Manifest, read_manifest, sha256, write_archive
from graph.server.backup import back_up, restore, verify
from graph.server.home import Home
from graph.server.offline import NOT_THERE_YET, CsvGroup, replace_data, store_of

MARKET: Final[LiteralString] = """
UNWIND range(1, 500) AS n
CREATE (c:Creator {id: 'c' + n, handle: 'h' + n, scores: [n * 0.1, 1.0]})
CREATE (c)-[:PUBLISHED]->(:Content:Video {id: 'v' + n, views: n})
"""
CHANGE: Final[LiteralString] = "MATCH (c:Creator) WHERE c.scores[0] > 20 DETACH DELETE c"
BOOKS: Final[LiteralString] = "CREATE (:State {id: 'data', version: 3})"
RENUMBERED: Final[LiteralString] = "MATCH (s:State) WHERE s.version > 1700000000000 SET s.version = 3"
MADE: Final = Manifest(format=FORMAT, schema=VERSION, product="0", created_at="2026-01-01T00:00:00+00:00", sha256="0" * 64, size=1)


# Each of these starts servers several times: seconds on an idle machine, minutes on a crowded one.
pytestmark = pytest.mark.timeout(900)


def changed(server: PrivateServer, queries: Sequence[LiteralString], *, then_kill: bool = False) -> str:
    """Run queries on the server, and return the digest of what it then holds."""

    async def run() -> str:
        async with open_driver(server.uri, auth=server.auth) as driver:
            if MARKET in queries:
                await migrate(driver)
            for query in queries:
                await driver.execute_query(query)
            return await content_digest(driver)

    with server:
        digest = asyncio.run(run())
        if then_kill:
            os.kill(json.loads((server.home / "running.json").read_text())["processes"][1][0], signal.SIGKILL)
    return digest


@pytest.fixture(scope="module")
def taken(server: PrivateServer, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Return a backup taken from a server that was killed right after its last write, and the digest of what it held."""
    file = tmp_path_factory.mktemp("backup") / "graph.tar"
    held = changed(server, [MARKET, BOOKS], then_kill=True)
    manifest = back_up(server, file, digest=True)
    assert manifest.digest == held
    return file, held


def test_a_restore_gives_back_the_same_graph(server: PrivateServer, taken: tuple[Path, str]) -> None:
    file, held = taken
    assert changed(server, [CHANGE]) != held
    assert restore(server, file) == read_manifest(file)
    # Also a version of the data that no server's caches know.
    assert changed(server, [RENUMBERED]) == held


@pytest.mark.fault
def test_damaged_files_are_said_at_once_and_a_backup_brings_the_graph_back(server: PrivateServer, taken: tuple[Path, str]) -> None:
    file, _ = taken
    [store] = [each for each in server.home.rglob("neostore") if each.parent.name == "neo4j"]
    store.write_bytes(bytes(each ^ 0xA5 for each in store.read_bytes()))
    with pytest.raises(
        StoreUnreadable,
        match=r"files cannot be opened .*debug\.log there says why.* restore a backup with `creatorgraph db",
    ):
        server.start()
    assert not server.running
    assert restore(server, file) == read_manifest(file)


def test_verifying_reads_it_all_and_changes_nothing(server: PrivateServer, taken: tuple[Path, str]) -> None:
    file, _ = taken
    before = sorted(server.home.rglob("*"))
    found = verify(server, file)
    assert found.relationships == 500
    assert found.nodes > 1000
    assert sorted(server.home.rglob("*")) == before
    assert not server.home.with_name("neo4j-verifying").exists()


@pytest.mark.fault
def test_a_backup_of_a_store_that_is_inconsistent_is_found(server: PrivateServer, taken: tuple[Path, str], tmp_path: Path) -> None:
    """Its checksums are right, since it was damaged before it was made."""
    with server.stopped() as home:
        damaged = Home(shutil.copytree(home.root, tmp_path / "damaged"))
    damaged.configure(port=NOT_THERE_YET, memory=server.memory)
    [relationships] = [each for each in damaged.data.rglob("*relationshipstore.db") if each.parent.name == "neo4j"]
    content = bytearray(relationships.read_bytes())
    content[500:600] = bytes(100)
    relationships.write_bytes(content)
    dump = store_of(server, damaged).dump(tmp_path)
    manifest = replace(read_manifest(taken[0]), sha256=sha256(dump), digest=None)
    write_archive(tmp_path / "damaged.tar", manifest, {DUMP: dump})
    with pytest.raises(BackupError, match=r"damaged\.tar: its graph is inconsistent.*use another backup"):
        verify(server, tmp_path / "damaged.tar")


def test_the_file_is_private_and_not_overwritten_unasked(server: PrivateServer, taken: tuple[Path, str]) -> None:
    file, _ = taken
    assert file.stat().st_mode & 0o777 == 0o600
    with pytest.raises(BackupError, match="already exists"):
        back_up(server, file)


def packed(path: Path, manifest: object, dump: bytes = b"x") -> Path:
    with tarfile.open(path, "w") as archive:
        for name, content in ((MANIFEST, json.dumps(manifest).encode()), (DUMP, dump)):
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return path


def test_what_is_no_backup_is_refused(server: PrivateServer, tmp_path: Path) -> None:
    (tmp_path / "text").write_text("no backup")
    with pytest.raises(BackupError, match=r"cannot be read as a backup \(it is no tar archive\); name a file"):
        restore(server, tmp_path / "text")
    with pytest.raises(BackupError, match="no manifest"):
        restore(server, packed(tmp_path / "other", {"format": "something else"}))
    with pytest.raises(SchemaNewer, match=f"version {VERSION + 1}"):
        restore(server, packed(tmp_path / "newer", asdict(replace(MADE, schema=VERSION + 1))))


@pytest.mark.fault
@pytest.mark.parametrize("packing", ["", "gz"])
@pytest.mark.parametrize("kept", [0.1, 0.6, 0.95])
def test_an_incomplete_backup_is_called_that_before_anything_is_asked(tmp_path: Path, packing: str, kept: float) -> None:
    whole = packed(tmp_path / "whole", asdict(MADE), dump=os.urandom(400_000)).read_bytes()
    content = gzip.compress(whole) if packing else whole
    cut = tmp_path / "cut"
    cut.write_bytes(content[: int(len(content) * kept)])
    with pytest.raises(BackupError, match=r"is incomplete or damaged .* copy it again"):
        read_manifest(cut)


@pytest.mark.fault
def test_a_damaged_backup_leaves_the_data(server: PrivateServer, taken: tuple[Path, str], tmp_path: Path) -> None:
    data = (server.home / "current").read_text() if (server.home / "current").exists() else ""
    with pytest.raises(BackupError, match="is incomplete or damaged"):
        restore(server, packed(tmp_path / "damaged", asdict(MADE)))
    cut = tmp_path / "cut"
    cut.write_bytes(taken[0].read_bytes()[:-20_000])
    with pytest.raises(BackupError, match=r"is incomplete or damaged .* copy it again"):
        restore(server, cut)
    assert ((server.home / "current").read_text() if (server.home / "current").exists() else "") == data
    assert [path for path in server.home.iterdir() if path.name.startswith("unfinished")] == []


def test_the_offline_importer_fills_a_store_or_names_what_is_wrong(server: PrivateServer, tmp_path: Path) -> None:
    (tmp_path / "nodes.csv").write_text("id:ID(Creator),views:long,tags:string[]\na,1,x;y\nb,2,\n")
    (tmp_path / "edges.csv").write_text(":START_ID(Creator),:END_ID(Creator)\na,b\n")
    nodes = [CsvGroup("Creator:Star", (tmp_path / "nodes.csv",))]
    seen: list[str] = []

    async def content(started: PrivateServer) -> None:
        async with open_driver(started.uri, auth=started.auth) as driver:
            records = await driver.execute_query("MATCH (a:Star)-[:KNOWS]->(b) RETURN a.id + b.id AS ids")
            seen.extend(record["ids"] for record in records.records)

    edges = [CsvGroup("KNOWS", (tmp_path / "edges.csv",))]
    replace_data(server, lambda store: store.fill(nodes, edges), check=lambda started: asyncio.run(content(started)))
    assert seen == ["ab"]
    (tmp_path / "edges.csv").write_text(":START_ID(Creator),:END_ID(Creator)\na,missing\n")
    with pytest.raises(OfflineCommandFailed, match="missing node missing"):
        replace_data(server, lambda store: store.fill(nodes, edges), check=lambda started: asyncio.run(content(started)))
