"""Which files are read: slugs, packing, links, order."""

import gzip
import json
from pathlib import Path

import pytest

from graph.load.tally import SKIPS
from graph.rows import Row
from graph.sources import read
from graph.sources.partner_api.saved import BESIDE, slug_of
from tests.graph.sources.partner_api.folders import ORDERS, items, notes, order, orders, owner, rejects, rows


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("search-seller-affiliate-orders-0007.json", "search-seller-affiliate-orders"),
        ("search-seller-affiliate-orders.jsonl", "search-seller-affiliate-orders"),
        ("search-seller-affiliate-orders7.json", "search-seller-affiliate-orders"),
        ("search-seller-affiliate-orders_x.json", "search-seller-affiliate-orders"),
        ("search-seller-affiliate-ordersx.json", None),
        ("search-seller-affiliate-ordersé.json", None),
        ("seller-search-sample-applications-3.json", "seller-search-sample-applications"),
        ("seller-search-sample-applications-fulfillments-3.json", "seller-search-sample-applications-fulfillments"),
        ("seller-search-sample-applications-fulfillmentsx.json", None),
        ("orders.json", None),
    ],
)
def test_the_longest_slug_counts_and_after_it_comes_no_letter(name: str, slug: str | None) -> None:
    endpoint = slug_of(name)
    assert (endpoint.slug if endpoint else None) == slug


def test_gzip_is_known_by_its_first_bytes(tmp_path: Path) -> None:
    owner(tmp_path)
    plain, packed = json.dumps(orders(order("o1"))).encode(), gzip.compress(json.dumps(orders(order("o2"))).encode())
    names = (f"{ORDERS}-1.json", packed), (f"{ORDERS}-2.json.gz", plain), (f"{ORDERS}-3.jsonl.gz", packed + packed)
    found = items(tmp_path, *names)
    assert rejects(found)[0].rule == "one file or line holds one document"
    assert [each["order_id"] for each in rows(found, "orders")] == ["o2", "o1"]


def test_a_table_among_responses_is_told_and_can_be_imported_by_itself(tmp_path: Path) -> None:
    (tmp_path / "creators.csv").write_text("id,handle,region\n1,ann,US\n")
    (tmp_path / "rates.csv").write_text("currency,date,usd_per_unit\nEUR,2025-01-01,1.1\n")
    shop = owner(tmp_path / "shop")
    (shop / "sales.jsonl.gz").write_bytes(b"")
    told = notes(items(tmp_path, (f"shop/{ORDERS}.json", orders(order("o1")))))
    assert told == [(BESIDE, name) for name in ("creators.csv", "rates.csv", "shop/sales.jsonl.gz")]
    assert BESIDE in SKIPS
    [row] = read(tmp_path / "creators.csv")
    assert isinstance(row, Row)


def test_a_mark_and_blank_lines_are_ignored(tmp_path: Path) -> None:
    owner(tmp_path)
    line = json.dumps(orders(order("o1"))).encode()
    spaced = b"\xef\xbb\xbf\n \r\n" + line + b"\r\n\n\t\n" + line.replace(b"o1", b"o2")
    found = items(tmp_path, (f"{ORDERS}.jsonl", spaced), (f"{ORDERS}-b.json", b"\xef\xbb\xbf\n\n" + line.replace(b"o1", b"o3") + b"\n\n"))
    assert [each["order_id"] for each in rows(found, "orders")] == ["o3", "o1", "o2"]
    assert rejects(found) == []


@pytest.mark.parametrize("content", [b"", b"\n \n", b"\xef\xbb\xbf", gzip.compress(b"", mtime=0)])
@pytest.mark.parametrize("ending", ["json", "jsonl"])
def test_an_empty_file_is_reported_and_skipped(tmp_path: Path, content: bytes, ending: str) -> None:
    found = items(owner(tmp_path), (f"{ORDERS}.{ending}", content))
    assert notes(found) == [("empty file", f"{ORDERS}.{ending}")]
    assert rejects(found) == []


def test_unknown_files_are_reported_and_skipped(tmp_path: Path) -> None:
    names = "get-nothing.json", f"{ORDERS}.txt", f"{ORDERS}.csv", "notes.md"
    found = items(owner(tmp_path), *((name, b"{}") for name in names))
    assert notes(found) == [("unknown file", name) for name in sorted(names)]


def test_links_are_not_followed(tmp_path: Path) -> None:
    owner(tmp_path / "mine")
    items(tmp_path, (f"elsewhere/{ORDERS}.json", orders(order())), ("mine/a", b""))
    (tmp_path / "mine" / f"{ORDERS}-2.json").symlink_to(tmp_path / "elsewhere" / f"{ORDERS}.json")
    (tmp_path / "mine" / "folder").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "mine" / "circle").symlink_to(tmp_path / "mine")
    found = list(read(tmp_path / "mine"))
    assert rows(found, "orders") == []
    assert [subject for kind, subject in notes(found) if kind == "link not followed"] == ["circle", "folder", f"{ORDERS}-2.json"]


def test_files_come_in_the_order_of_their_paths_and_so_do_ages(tmp_path: Path) -> None:
    owner(tmp_path)
    paths = [f"a/{ORDERS}.json", f"a-b/{ORDERS}.json", f"a.b/{ORDERS}.json", f"{ORDERS}-10.json", f"{ORDERS}-9.json", f"b/c/{ORDERS}.json"]
    found = items(tmp_path, *((path, orders(order(path), order(f"{path}!"))) for path in paths))
    ages = [item.age for item in found if isinstance(item, Row) and item.table == "orders"]
    assert [age.path for age in ages[::2]] == sorted(paths)
    assert ages == sorted(ages)
    assert [age.text() for age in ages] == sorted(age.text() for age in ages)


def test_positions_go_on_from_document_to_document(tmp_path: Path) -> None:
    both = b"\n".join(json.dumps(orders(order(name))).encode() for name in ("o1", "o2"))
    found = items(owner(tmp_path), (f"{ORDERS}.jsonl", both))
    positions = [item.age.position for item in found if isinstance(item, Row) and item.age.path.startswith(ORDERS)]
    assert positions == list(range(len(positions)))
    assert [item.where.record for item in found if isinstance(item, Row) and item.table == "orders"] == [
        "line 1: data.orders[0]",
        "line 2: data.orders[0]",
    ]


def test_a_name_that_is_no_unicode_is_shown_all_the_same(tmp_path: Path) -> None:
    owner(tmp_path)
    try:
        Path(f"{tmp_path}/{ORDERS}-\udcff.json").write_text(json.dumps(orders(order())))
    except OSError:
        pytest.skip("the file system takes only Unicode names")
    [row] = [item for item in read(tmp_path) if isinstance(item, Row) and item.table == "orders"]
    assert row.age.path == f"{ORDERS}-\ufffd.json"
