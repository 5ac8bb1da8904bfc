"""Orders of which each record tells one line."""

from pathlib import Path
from typing import Any

from graph.rows import Item
from graph.sources import read
from graph.sources.partner_api.order_parts import OrderParts, same_orders
from tests.graph.sources.partner_api.folders import envelope, items, lines, order, orders, owner, rejects, rows, sku

TAP = "search-tap-affiliate-orders"


def part(order_id: str, sku_id: str, **values: Any) -> dict[str, Any]:
    return order(order_id, skus=sku(id=sku_id, **values))


def latest(found: list[Item]) -> list[list[tuple[str, str]]]:
    """Return the lines of each order by id and product, as its last row has them."""
    by_order = {each["order_id"]: each["lines"] for each in rows(found, "orders")}
    return [[(line["id"], line["product_id"]) for line in each] for each in by_order.values()]


def test_records_of_one_order_are_its_lines_also_on_the_next_page(tmp_path: Path) -> None:
    first = orders(part("o1", "1", product_id="p1"), part("o1", "2", product_id="p2"), part("o2", "1"))
    following = orders(part("o2", "3", product_id="p3"), part("o2", "3", product_id="p4"))
    found = items(owner(tmp_path, kind="partner"), (f"{TAP}-1.json", first), (f"{TAP}-2.json", following))
    assert latest(found) == [[("o1:1", "p1"), ("o1:2", "p2")], [("o2:1", "p1"), ("o2:2", "p4")]]


def test_what_has_no_sku_is_told_apart_by_all_it_says(tmp_path: Path) -> None:
    alone = [order("o1", skus=sku(product_id=each)) for each in ("p1", "p2", "p1")]
    assert latest(items(owner(tmp_path, kind="partner"), (f"{TAP}.json", orders(*alone)))) == [[("o1:1", "p1"), ("o1:2", "p2")]]


def test_orders_of_two_owners_stay_apart(tmp_path: Path) -> None:
    for name in ("a", "b"):
        items(owner(tmp_path / name, kind="partner", partner_id=name), (f"{TAP}.json", orders(part("o1", name))))
    assert [line["id"] for line in lines(list(read(tmp_path)))] == ["o1:1", "o1:1"]


def test_a_rejected_line_is_kept_with_the_others_of_its_order(tmp_path: Path) -> None:
    given = [part("o0", "1"), part("o1", "1"), part("o1", "2", quantity=-1), part("o1", "3", price=None), part("o2", "1")]
    pages = [each.page for each in rejects(items(owner(tmp_path, kind="partner"), (f"{TAP}.json", envelope(orders(*given)))))]
    assert [page and page.record for page in pages] == ["data.orders[1]"] * 2
    assert [page and page.document["response"]["data"]["orders"] for page in pages] == [given[1:4]] * 2


def test_only_so_many_orders_are_remembered() -> None:
    parts = OrderParts()
    for number in range(10_001):
        parts.whole(("partner", "p"), str(number), {"a": {}})
    assert parts.whole(("partner", "p"), "10000", {"b": {}}) == [{"id": "10000:1"}, {"id": "10000:2"}]
    assert parts.whole(("partner", "p"), "0", {"b": {}}) == [{"id": "0:1"}]


def test_records_without_an_id_stand_alone() -> None:
    assert [same_orders([{}, {}, None, "x", {"id": 1}, {"id": "1"}], number) for number in (0, 2, 3, 5)] == [(0, 1), (2, 3), (3, 4), (4, 6)]
