"""Whatever bytes a file holds, reading ends with rows, rejects and notes, and what was rejected can be set aside and read again."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from graph.load.rejects import UNREADABLE, RejectFiles
from graph.load.tally import Tally
from graph.rows import Note, Reject, Row
from graph.sources import Options, UnknownKind, read
from graph.sources.partner_api.endpoints import ENDPOINTS
from tests.graph.sources.partner_api.folders import ORDERS, order, orders, owner, sku

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "gb18030", "shift_jis", "cp037")
NAMED = (*ENCODINGS, "utf-7", "iso2022_jp_2", "iso2022_kr", "hz", "big5")
CSV = "id,handle,region,nickname,follower_count\nc1,ann,US,Zoë “ü” 中文,5\nc2,bob,ES,,many\n"
LINES = '{"id":"c1","handle":"ann","region":"US","nickname":"Zo\\u00eb \\ud83d\\ude00"}\n{"id":"c2","handle":"bob","region":"US"}\n'
PAGE = json.dumps(orders(order("o1", sku(), sku(quantity=2)), order("o2", sku(product_name="Zoë 中文"))), ensure_ascii=False)
NAMES = {"creators.csv": CSV, "creators.jsonl": LINES, f"{ORDERS}.json": PAGE, f"{ORDERS}.jsonl": f"{PAGE}\n{PAGE}\n"}
SPLICES = (
    b"",
    b"\xff",
    b"\x00",
    b"\xed\xa0\x80",
    b'"',
    b",",
    b";",
    b"\r",
    b"\n",
    b"\\ud83d",
    b"\\u0000",
    b"\xfe\xff",
    b"{",
    b"]",
    b"\x1f\x8b",
)


@st.composite
def broken(draw: st.DrawFn) -> tuple[str, bytes]:
    """Return a name and a sound file in some encoding, with some bytes put in, taken out or cut off, gzipped or not."""
    name = draw(st.sampled_from(sorted(NAMES)))
    content = NAMES[name].encode(draw(st.sampled_from(ENCODINGS)), "replace")
    for _ in range(draw(st.integers(0, 3))):
        at, removed = draw(st.integers(0, len(content))), draw(st.integers(0, 3))
        content = content[:at] + draw(st.sampled_from(SPLICES)) + content[at + removed :]
    return name, gzip.compress(content) if draw(st.booleans()) and draw(st.booleans()) else content


def _counted(folder: Path, aside: Path, encoding: str | None = None) -> tuple[Tally, list[Path]]:
    """Read a folder as an import does before the database: rows are counted, rejects set aside."""
    tally = Tally()
    with RejectFiles(aside) as files:
        for item in read(folder, options=Options(encoding=encoding)):
            if isinstance(item, Row):
                json.dumps(item.age.text()).encode()
                tally.count(item.table, "read")
                tally.count(item.table, "created")
            elif isinstance(item, Reject):
                tally.reject(item, read=False)
                files.write(item)
            else:
                assert isinstance(item, Note)
                tally.note(item)
        return tally, files.paths


def _holds(name: str, content: bytes, tmp: Path, encoding: str | None = None) -> None:
    folder = tmp / "in"
    (owner(folder) if name.startswith(tuple(ENDPOINTS)) else folder).mkdir(exist_ok=True)
    (folder / name).write_bytes(content)
    tally, paths = _counted(folder, tmp / "aside", encoding)
    for counts in tally.counts.values():
        assert counts["read"] == counts["created"] + counts["rejected"]
    told = " ".join(f"{kind} {subject}" for kind, subject in tally.notes) + " ".join(
        f"{r.value} {r.rule} {r.remedy}" for r in tally.reasons
    )
    told.encode()
    assert sum(len(path.read_bytes().splitlines()) for path in paths) <= tally.total("rejected")
    for below in {path.parent for path in paths if path.name != UNREADABLE}:
        again, _ = _counted(below, tmp / "again")
        assert again.total("rejected") > 0


@given(broken())
@example((f"{ORDERS}.json", PAGE.encode().replace(b'"10.00"', b'"10.00 \xff"')))
@settings(max_examples=150)
def test_a_file_with_broken_bytes(tmp_path_factory: pytest.TempPathFactory, given: tuple[str, bytes]) -> None:
    _holds(*given, tmp_path_factory.mktemp("broken"))


@given(st.sampled_from(sorted(NAMES)), st.binary(max_size=200))
@example("creators.csv", b"\xff\xfe")
@example("creators.csv", b"id;handle\n\xe9;")
@example(f"{ORDERS}.json", b"\xff\xfe{\x00")
@settings(max_examples=80)
def test_any_bytes(tmp_path_factory: pytest.TempPathFactory, name: str, content: bytes) -> None:
    _holds(name, content, tmp_path_factory.mktemp("bytes"))


@given(broken(), st.sampled_from(NAMED))
@example(("creators.csv", CSV.encode()), "utf-16")
@example(("creators.csv", CSV.encode("utf-32-be")), "utf-32")
@example(("creators.jsonl", b"\x1b\x1b\x1b\x1b\x1b\x1b\x1b\x1b\x1b\x1b"), "iso2022_kr")
@settings(max_examples=150)
def test_a_file_in_another_encoding_than_is_named(
    tmp_path_factory: pytest.TempPathFactory, given: tuple[str, bytes], encoding: str
) -> None:
    _holds(*given, tmp_path_factory.mktemp("named"), encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_an_encoding_that_shows_is_read(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "creators.csv").write_bytes(CSV.encode(encoding))
    found = list(read(tmp_path))
    assert [item.values["nickname"] for item in found if isinstance(item, Row)] == ["Zoë “ü” 中文"]
    assert [item.column for item in found if isinstance(item, Reject)] == ["follower_count"]
    assert [item.kind for item in found if isinstance(item, Note)] == ([] if encoding.startswith("utf-8") else ["encoding"])


def test_a_folder_with_nothing_to_read(tmp_path: Path) -> None:
    with pytest.raises(UnknownKind, match="add the owner file"):
        read(tmp_path)
