"""Documents within limits."""

import gzip
import json
import tracemalloc
from pathlib import Path

import pytest

from graph.sources import Options
from tests.graph.sources.partner_api.folders import ORDERS, items, order, orders, owner, rejects, rows

DOCUMENT = json.dumps(orders(order("o1"))).encode()


def test_several_documents_in_a_json_file_are_rejected(tmp_path: Path) -> None:
    for content in (DOCUMENT + b"\n" + DOCUMENT, DOCUMENT + DOCUMENT, b"[" + DOCUMENT + b"]"):
        found = items(owner(tmp_path), (f"{ORDERS}.json", content))
        assert len(rejects(found)) == 1
        assert rows(found, "orders") == []
    assert rejects(items(tmp_path, (f"{ORDERS}.json", DOCUMENT + DOCUMENT)))[0].remedy == "name the file .jsonl, with one document a line"


@pytest.mark.parametrize("content", [b"{", b"nul", b"NaN", b'{"a": NaN}', b'"x"', b"7", b'{"a": "\xff}', b"\xff\xfe{\x00", b"[" * 5000])
def test_what_is_no_json_object_is_rejected(tmp_path: Path, content: bytes) -> None:
    [reject] = rejects(items(owner(tmp_path), (f"{ORDERS}.json", content)))
    assert (reject.where.file, reject.rule.startswith(("a document is", "one file"))) == (f"{ORDERS}.json", True)


def test_a_bad_line_leaves_its_neighbours(tmp_path: Path) -> None:
    found = items(owner(tmp_path), (f"{ORDERS}.jsonl", DOCUMENT + b"\n{oops\n" + DOCUMENT.replace(b"o1", b"o2")))
    assert [each["order_id"] for each in rows(found, "orders")] == ["o1", "o2"]
    assert [each.where.record for each in rejects(found)] == ["line 2"]


def test_a_document_above_the_limit_is_rejected(tmp_path: Path) -> None:
    options = Options(document_bytes=len(DOCUMENT))
    found = items(owner(tmp_path), (f"{ORDERS}-1.json", DOCUMENT), (f"{ORDERS}-2.json", DOCUMENT + b" "), options=options)
    assert len(rows(found, "orders")) == 1
    [reject] = rejects(found)
    assert (reject.where.file, reject.rule) == (f"{ORDERS}-2.json", f"a document has at most {len(DOCUMENT):,} bytes unpacked")


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_line_above_the_limit_leaves_its_neighbours(tmp_path: Path, pack: type) -> None:
    long = b'{"x": "' + b"y" * 3_000_000 + b'"}'
    options = Options(document_bytes=1_000_000, unpacking_ratio=10**6)
    content = pack(b"\n".join((DOCUMENT, long, DOCUMENT.replace(b"o1", b"o2"))))
    found = items(owner(tmp_path), (f"{ORDERS}.jsonl", content), options=options)
    assert [each["order_id"] for each in rows(found, "orders")] == ["o1", "o2"]
    assert [each.where.record for each in rejects(found)] == ["line 2"]


def test_a_zip_bomb_is_never_unpacked(tmp_path: Path) -> None:
    bomb = gzip.compress(b'{"data": "' + b" " * 40_000_000 + b'"}')
    owner(tmp_path)
    (tmp_path / f"{ORDERS}.json").write_bytes(bomb)
    tracemalloc.start()
    [reject] = rejects(items(tmp_path))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert reject.rule == "a file may not unpack to more than 200 times its size"
    assert peak < 15_000_000


def test_a_ratio_within_the_limit_is_taken(tmp_path: Path) -> None:
    content = json.dumps(orders(*(order(f"o{n}") for n in range(300)))).encode()
    packed = gzip.compress(content)
    assert 10 < len(content) / len(packed) < 200
    assert len(rows(items(owner(tmp_path), (f"{ORDERS}.json", packed)), "orders")) == 300


@pytest.mark.parametrize(
    "broken",
    [gzip.compress(DOCUMENT)[:-9], gzip.compress(DOCUMENT)[:30] + b"\x00" * 60, b"\x1f\x8bnot gzip"],
    ids=["cut off", "overwritten", "none at all"],
)
def test_broken_gzip_is_rejected(tmp_path: Path, broken: bytes) -> None:
    [reject] = rejects(items(owner(tmp_path), (f"{ORDERS}.json", broken)))
    assert reject.rule.startswith("the gzip data")


def test_the_part_before_a_break_is_taken(tmp_path: Path) -> None:
    lines = b"\n".join(json.dumps(orders(order(f"o{n}", tag=f"{n * 7919 % 10007:x}" * 9))).encode() for n in range(1500))
    found = items(owner(tmp_path), (f"{ORDERS}.jsonl", gzip.compress(lines)[:-1500]))
    assert 300 < len(rows(found, "orders")) < 1500
    assert [each.remedy for each in rejects(found)] == ["save it again"]
