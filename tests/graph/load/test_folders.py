"""Several folders in one import."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from graph.load.folders import items_of, sources_below
from graph.rows import Note, Reject, Row
from graph.sources import UnknownKind
from tests.graph.sources.partner_api.folders import ORDERS, order, orders, owner


def test_a_folder_without_an_owner_file_is_rejected_alone(tmp_path: Path) -> None:
    good, bare = owner(tmp_path / "good"), tmp_path / "bare"
    bare.mkdir()
    for folder in (good, bare):
        (folder / f"{ORDERS}.json").write_text(json.dumps(orders(order())))
    found = list(items_of([bare, good]))
    assert "orders" in {item.table for item in found if isinstance(item, Row)}
    assert [(item.table, item.where.file) for item in found if isinstance(item, Reject)] == [("owners", str(bare))]


def test_owners_and_tables_at_any_depth_are_found(tmp_path: Path) -> None:
    owner(tmp_path / "mixed" / "shop")
    (tmp_path / "mixed" / "shop" / "below").mkdir()
    for name in ("mixed/creators.csv", "mixed/notes.txt", "tables/brands.csv", "tables/other.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("id\n")
    (tmp_path / "linked").symlink_to(tmp_path / "tables")
    found = [str(each.relative_to(tmp_path)) for each in sources_below(tmp_path)]
    assert found == ["mixed/creators.csv", "mixed/notes.txt", "mixed/shop", "tables"]
    assert sources_below(tmp_path / "tables") == [tmp_path / "tables"]
    assert sources_below(tmp_path / "mixed" / "shop") == [tmp_path / "mixed" / "shop"]


def test_folders_that_all_hold_nothing_are_an_error(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    with pytest.raises(UnknownKind, match=r"a: it holds neither.*b: it holds neither"):
        items_of([tmp_path / "a", tmp_path / "b"])


def test_places_of_several_folders_are_named_with_their_folder(tmp_path: Path) -> None:
    good, broken = owner(tmp_path / "good"), tmp_path / "broken"
    (good / f"{ORDERS}.json").write_text(json.dumps(orders(order())))
    (good / "more.txt").write_text("")
    broken.mkdir()
    (broken / "shop.json").write_text("{")
    found = list(items_of([good, broken]))
    notes = [(item.kind, item.subject) for item in found if isinstance(item, Note)]
    assert set(notes) == {("unknown file", f"{good}/more.txt"), ("folder without a valid owner file", f"{broken}/shop.json")}
    assert {item.where.file for item in found if isinstance(item, Row) and item.table == "orders"} == {f"{good}/{ORDERS}.json"}
    assert [item.where.file for item in found if isinstance(item, Reject)] == [f"{broken}/shop.json"]
    alone = [item.age for item in items_of([good]) if isinstance(item, Row)]
    assert [item.age for item in found if isinstance(item, Row)] == alone


def test_rejects_of_an_earlier_version_are_told_from_other_files(tmp_path: Path) -> None:
    record = {"record": {"quantity": "3"}, "reject_place": "search-seller-affiliate-orders.json data.orders[0].skus[0]"}
    (tmp_path / "orders-records.jsonl").write_text(json.dumps(record))
    with pytest.raises(UnknownKind, match=r"orders-records\.jsonl: .* of an earlier version.*import the folder"):
        items_of([tmp_path])
