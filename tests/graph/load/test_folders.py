"""Several folders in one import."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from graph.load.folders import items_of
from graph.rows import Reject, Row
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


def test_folders_that_all_hold_nothing_are_an_error(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    with pytest.raises(UnknownKind, match=r"a: holds neither.*b: holds neither"):
        items_of([tmp_path / "a", tmp_path / "b"])
