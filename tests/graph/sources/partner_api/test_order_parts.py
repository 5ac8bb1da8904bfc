"""Orders of which each record tells one line."""

from pathlib import Path
from typing import Any

from graph.rows import Item
from graph.sources import read
from graph.sources.partner_api.order_parts import same_order
from tests.graph.sources.partner_api.folders import EXPORTED_AT, envelope, items, lines, order, orders, owner, rejects, rows, sku

TAP = "search-tap-affiliate-orders"


def part(order_id: str, sku_id: str, **values: Any) -> dict[str, Any]:
    return order(order_id, skus=sku(id=sku_id, **values))


def latest(found: list[Item]) -> list[list[tuple[str, str]]]:
    """Return the lines of each order by id and product, as its last row has them."""
    by_order = {each["order_id"]: each["lines"] for each in rows(found, "orders")}
    return [[(line["id"], line["product_id"]) for line in each] for each in by_order.values()]


def test_records_of_one_order_that_follow_each_other_are_its_lines(tmp_path: Path) -> None:
    given = orders(part("o1", "1", product_id="p1"), part("o1", "1", product_id="p1"), part("o2", "1"), part("o1", "3", product_id="p3"))
    found = items(owner(tmp_path, kind="partner"), (f"{TAP}.json", given))
    assert [[line["product_id"] for line in each["lines"]] for each in rows(found, "orders")] == [["p1", "p1"], ["p1"], ["p3"]]
    assert latest(found) == [[("o1:1", "p3")], [("o2:1", "p1")]], "an order that is told again is replaced"


def test_each_line_has_the_status_of_its_own_record(tmp_path: Path) -> None:
    given = orders(part("o1", "1") | {"status": "COMPLETED"}, part("o1", "2") | {"status": "REFUNDED"})
    assert [line["status"] for line in lines(items(owner(tmp_path, kind="partner"), (f"{TAP}.json", given)))] == ["SETTLED", "REFUNDED"]


def test_of_two_exports_each_has_its_own_lines(tmp_path: Path) -> None:
    for name, at, products in (("a", EXPORTED_AT, ("p1", "p2")), ("b", EXPORTED_AT + 1, ("p1",))):
        own = owner(tmp_path / name, kind="partner", exported_at=at)
        items(own, (f"{TAP}.json", orders(*(part("o1", each, product_id=each) for each in products))))
    assert latest(list(read(tmp_path))) == [[("o1:1", "p1")]]


def test_an_order_has_only_so_many_lines(tmp_path: Path) -> None:
    [reject] = rejects(items(owner(tmp_path, kind="partner"), (f"{TAP}.json", orders(*(part("o1", "1") for _ in range(1_001))))))
    assert (reject.value, reject.rule) == ("1001", "an order has at most 1,000 lines")


def test_a_rejected_line_is_kept_with_the_others_of_its_order(tmp_path: Path) -> None:
    given = [part("o0", "1"), part("o1", "1"), part("o1", "2", quantity=-1), part("o1", "3", price=None), part("o2", "1")]
    pages = [each.page for each in rejects(items(owner(tmp_path, kind="partner"), (f"{TAP}.json", envelope(orders(*given)))))]
    assert [page and page.record for page in pages] == ["data.orders[1]"] * 2
    assert [page and page.document["response"]["data"]["orders"] for page in pages] == [given[1:4]] * 2


def test_records_without_an_id_stand_alone() -> None:
    assert [same_order([{}, {}, None, "x", {"id": 1}, {"id": "1"}], number) for number in (0, 2, 3, 5)] == [(0, 1), (2, 3), (3, 4), (4, 6)]
