"""Orders: lines, statuses, refunds, times, and what their lines name."""

import json
from pathlib import Path
from typing import Any

import pytest

from graph.rows import BrandRef, CreatorRef, Note
from tests.graph.sources.partner_api.folders import EXPORTED_AT, ORDERS, items, lines, notes, order, orders, owner, rejects, rows, sku

DAY = 86_400


def _read(tmp_path: Path, *given: dict[str, Any], **owner_values: Any) -> list[Any]:
    return items(owner(tmp_path, **owner_values), (f"{ORDERS}.json", orders(*given)))


def test_a_whole_line(tmp_path: Path) -> None:
    given = sku(
        price={"amount": "Rp9.900", "currency": "IDR"}, quantity="3", refunded_quantity=1, returned_quantity=2, commission_rate="1550"
    )
    [line] = lines(_read(tmp_path, order("o1", given, delivery_time="1750000100000")))
    assert line == {
        "id": "o1:1",
        "order_id": "o1",
        "at": 1_750_000_000,
        "delivered_at": 1_750_000_100,
        "status": "SETTLED",
        "raw_status": "COMPLETED",
        "quantity": 3,
        "refunded_quantity": 1,
        "price": 9900.0,
        "gmv": 29700.0,
        "currency": "IDR",
        "commission_rate": 0.155,
        "content_kind": "SHOWCASE",
        "region": "US",
        "product_id": "p1",
        "creator_id": CreatorRef(handle="ann", region="US"),
    }


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        *((name, "PLACED") for name in ("ORDERED", "PENDING", "PROCESSING", "FROZEN", "SOMETHING_NEW")),
        *((name, "SETTLED") for name in ("COMPLETED", "SETTLED")),
        *((name, "REFUNDED") for name in ("REFUNDED", "DEDUCTED")),
        *((name, "NO_SALE") for name in ("CANCELLED", "INELIGIBLE")),
    ],
)
def test_statuses(tmp_path: Path, raw: str, status: str) -> None:
    found = _read(tmp_path, order("o1", sku(quantity=3, refunded_quantity=1), status=raw))
    [line] = lines(found)
    assert (line["status"], line["raw_status"]) == (status, raw)
    assert line["refunded_quantity"] == (3 if status == "REFUNDED" else 1)
    assert notes(found) == ([("unknown value", f"{ORDERS}: data.orders.status = {raw}")] if raw == "SOMETHING_NEW" else [])


def test_a_returned_parcel_is_no_refund(tmp_path: Path) -> None:
    assert lines(_read(tmp_path, order("o1", sku(returned_quantity=2))))[0]["refunded_quantity"] == 0


def test_skus_are_a_list_or_an_object(tmp_path: Path) -> None:
    found = _read(tmp_path, order("o1", skus=sku()), order("o2", skus=[sku(), sku()]))
    assert [line["id"] for line in lines(found)] == ["o1:1", "o2:1", "o2:2"]


@pytest.mark.parametrize(
    ("values", "column"),
    [
        ({"price": {"amount": "-1", "currency": "USD"}}, "price.amount"),
        ({"price": {"amount": "€1", "currency": "USD"}}, "price.amount"),
        ({"price": {"amount": "1", "currency": "IRD"}}, "price.currency"),
        ({"price": {"amount": "1"}}, "price.currency"),
        ({"price": {"amount": "", "currency": "USD"}}, "price.amount"),
        ({"price": "9"}, "price"),
        ({"quantity": -1}, "quantity"),
        ({"quantity": "two"}, "quantity"),
        ({"quantity": None}, "quantity"),
        ({"quantity": 1.5}, "quantity"),
        ({"refunded_quantity": 3}, "refunded_quantity"),
        ({"product_id": ""}, "product_id"),
        ({"product_id": ["p"]}, "product_id"),
        ({"commission_rate": "10001"}, "commission_rate"),
        ({"commission_rate": True}, "commission_rate"),
    ],
)
def test_a_bad_line_leaves_its_neighbours(tmp_path: Path, values: dict[str, Any], column: str) -> None:
    found = _read(tmp_path, order("o1", sku(), sku(**values), sku()), order("o2"))
    assert [line["id"] for line in lines(found)] == ["o1:1", "o1:3", "o2:1"]
    [reject] = rejects(found)
    assert reject.column == f"data.orders[0].skus[1].{column}"
    assert (reject.where.file, reject.where.record) == (f"{ORDERS}.json", "data.orders[0].skus[1]")
    assert reject.raw == sku(**values)


@pytest.mark.parametrize(
    ("values", "column"),
    [
        ({"id": ""}, "id"),
        ({"create_time": 0}, "create_time"),
        ({"create_time": ""}, "create_time"),
        ({"create_time": None}, "create_time"),
        ({"create_time": EXPORTED_AT + DAY + 1}, "create_time"),
        ({"create_time": "tomorrow"}, "create_time"),
        ({"create_time": 1_000_000_000}, "create_time"),
        ({"delivery_time": -5}, "delivery_time"),
        ({"skus": []}, "skus"),
        ({"skus": None}, "skus"),
        ({"status": {}}, "status"),
    ],
)
def test_a_bad_order_leaves_its_neighbours(tmp_path: Path, values: dict[str, Any], column: str) -> None:
    found = _read(tmp_path, order("o1"), order("o2") | values, order("o3"))
    assert [each["order_id"] for each in rows(found, "orders")] == ["o1", "o3"]
    assert [each.column for each in rejects(found)] == [f"data.orders[1].{column}"]


def test_an_order_may_be_a_day_ahead_of_the_export(tmp_path: Path) -> None:
    assert lines(_read(tmp_path, order("o1", create_time=EXPORTED_AT + DAY)))[0]["at"] == EXPORTED_AT + DAY


def test_an_order_whose_lines_are_all_bad_is_left_as_it_was(tmp_path: Path) -> None:
    found = _read(tmp_path, order("o1", sku(quantity=-1), sku(product_id=None)))
    assert rows(found, "orders") == []
    assert len(rejects(found)) == 2


def test_amounts_that_are_not_used_may_be_unsound(tmp_path: Path) -> None:
    fee = {"amount": "-5", "currency": "IRD"}
    found = _read(tmp_path, order("o1", sku(estimated_commission_base=fee, actual_commission_base="x")))
    assert (len(lines(found)), rejects(found)) == (1, [])


def test_programmes_stand_with_the_most_exact_first(tmp_path: Path) -> None:
    given = sku(open_collaboration_id="op", campaign_id=5, target_collaboration_id="t")
    assert lines(_read(tmp_path, order("o1", given)))[0]["programme_id"] == ["t", "5", "op", "open:p1"]
    assert lines(_read(tmp_path, order("o1", sku(open_collaboration_id="0", campaign_id=""))))[0].get("programme_id") is None


def test_what_lines_name_comes_once_a_document(tmp_path: Path) -> None:
    video = str(1_750_000_000 << 32)
    given = sku(content_type="VIDEO", content_id=video, product_name="Mug", shop_name="Pots")
    found = items(
        owner(tmp_path, kind="creator"), ("search-creator-affiliate-orders.json", orders(order("o1", given, given), order("o2", given)))
    )
    assert rows(found, "products") == [{"id": "p1", "title": "Mug", "brand_id": BrandRef(name="Pots", region="US")}]
    assert rows(found, "brands") == [{"id": BrandRef(name="Pots", region="US"), "name": "Pots", "region": "US", "named_only": True}]
    ref = CreatorRef(handle="ann", region="US")
    assert rows(found, "contents") == [{"id": video, "kind": "VIDEO", "creator_id": ref, "time_in_id": 1_750_000_000, "selected": True}]
    assert rows(found, "features") == [{"content_id": video, "product_id": "p1"}]
    assert {line["content_id"] for line in lines(found)} == {video}


@pytest.mark.parametrize(
    ("content_id", "at"),
    [
        (str(EXPORTED_AT << 32 | 99), EXPORTED_AT),
        (str((EXPORTED_AT + 1) << 32), None),
        (str(1_451_606_400 << 32), 1_451_606_400),
        (str((1_451_606_400 << 32) - 1), None),
        ("12345", None),
        ("abc", None),
    ],
)
def test_the_time_in_a_contents_id_lies_between_2016_and_the_export(tmp_path: Path, content_id: str, at: int | None) -> None:
    found = _read(tmp_path, order("o1", sku(content_type="LIVE", content_id=content_id)))
    assert rows(found, "contents")[0].get("time_in_id") == at


def test_an_unknown_kind_of_content_is_counted(tmp_path: Path) -> None:
    found = _read(tmp_path, order("o1", sku(content_type="HOLOGRAM", content_id="1")))
    assert (lines(found)[0].get("content_kind"), lines(found)[0]["content_id"]) == (None, "1")
    assert [item for item in found if isinstance(item, Note)] == [
        Note("unknown value", f"{ORDERS}: data.orders.skus.content_type = HOLOGRAM", count=2)
    ]


@pytest.mark.parametrize("name", [" @Ann.B ", "Ann.B", "@Ann.B"])
def test_user_names_are_trimmed_and_without_at(tmp_path: Path, name: str) -> None:
    assert lines(_read(tmp_path, order("o1", sku(creator_username=name)), region="gb"))[0]["creator_id"] == CreatorRef(
        handle="Ann.B", region="GB"
    )


@pytest.mark.parametrize("name", ["", None, " @ "])
def test_a_line_without_a_name_has_no_creator(tmp_path: Path, name: str | None) -> None:
    assert "creator_id" not in lines(_read(tmp_path, order("o1", sku(creator_username=name))))[0]


@pytest.mark.parametrize("values", [{"creator_username": None}, {"creator_username": ""}, {"creator_username": "@"}])
def test_a_line_without_a_creator_is_taken_and_told(tmp_path: Path, values: dict[str, Any]) -> None:
    found = items(owner(tmp_path), (f"{ORDERS}.json", orders(order("o1", sku(**values), sku()))))
    assert ["creator_id" in line for line in lines(found)] == [False, True]
    assert notes(found) == [("order line without a creator", f"{ORDERS}: credited to the creator of its content, if that is known")]


def test_half_a_character_costs_no_page(tmp_path: Path) -> None:
    content = json.dumps(orders(order("o1", sku(creator_username="ann\ud83d")), order("o2", sku()))).encode()
    found = items(owner(tmp_path), (f"{ORDERS}.json", content))
    assert [line["order_id"] for line in lines(found)] == ["o2"]
    assert [each.column for each in rejects(found)] == ["data.orders[0].skus[0].creator_username"]
