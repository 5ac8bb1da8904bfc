"""Products, shops that are only named, and categories."""

from pathlib import Path
from typing import Any

import pytest

from graph.rows import BrandRef, Row
from tests.graph.sources.partner_api.folders import EXPORTED_AT, envelope, items, owner, rejects, response, rows

SEARCH = "seller-search-affiliate-open-collaboration-product"


def _category(category_id: str, parent: object, *, leaf: object = False) -> dict[str, Any]:
    return {"id": category_id, "local_name": f"name {category_id}", "is_leaf": leaf, "parent_id": parent}


def _search(tmp_path: Path, **values: Any) -> list[Any]:
    product = {"id": "p1", "shop": {"name": "Pots"}, "sale_region": "ID"} | values
    return items(owner(tmp_path), (f"{SEARCH}.json", response(products=[product, {"id": "p2"}])))


def test_a_shop_that_is_only_named_is_marked_so(tmp_path: Path) -> None:
    found = _search(tmp_path)
    ref = BrandRef(name="Pots", region="ID")
    assert {"id": ref, "name": "Pots", "region": "ID", "named_only": True} in rows(found, "brands")
    assert [each["brand_id"] for each in rows(found, "products")] == [ref, "s1"]


@pytest.mark.parametrize(
    ("chain", "category"),
    [
        ([_category("1", "0"), _category("2", "1"), _category("3", "2", leaf=True)], "3"),
        ([_category("3", "2", leaf="1"), _category("1", "0"), _category("2", "1")], "3"),
        ([_category("1", ""), _category("2", "1")], "2"),
        ([_category("2", "1", leaf=True)], "2"),
        ([], None),
    ],
)
def test_the_category_is_the_most_exact(tmp_path: Path, chain: list[dict[str, Any]], category: str | None) -> None:
    found = _search(tmp_path, category_chains=chain)
    assert rows(found, "products")[0].get("category_id") == category
    parents = {each["id"]: each["parent_id"] for each in rows(found, "categories")}
    assert parents == {part["id"]: part["parent_id"] or "0" for part in chain}


def test_a_categorys_name_comes_with_its_region(tmp_path: Path) -> None:
    [category] = rows(_search(tmp_path, category_chains=[_category("7", "0", leaf=True)]), "categories")
    assert category == {"id": "7", "name": "name 7", "region": "ID", "leaf": True, "parent_id": "0"}


@pytest.mark.parametrize(
    "circle",
    [[_category("1", "1")], [_category("1", "2"), _category("2", "1")], [_category("0", "2"), _category("1", "3"), _category("3", "1")]],
)
def test_a_circle_of_parents_is_rejected_and_the_product_taken(tmp_path: Path, circle: list[dict[str, Any]]) -> None:
    found = _search(tmp_path, category_chains=circle)
    assert [each.rule for each in rejects(found)] == ["a category is not its own ancestor"]
    assert rows(found, "categories") == []
    assert [each["id"] for each in rows(found, "products")] == ["p1", "p2"]


@pytest.mark.parametrize(
    ("sales", "original", "price"),
    [
        ({"minimum_amount": "5", "maximum_amount": "6", "currency": "USD"}, {"minimum_amount": "9", "currency": "USD"}, (5.0, 6.0)),
        ("", {"minimum_amount": "9", "maximum_amount": "", "currency": "USD"}, (9.0, None)),
        ({"minimum_amount": "", "maximum_amount": "7", "currency": "USD"}, {}, (7.0, 7.0)),
        (None, None, (None, None)),
    ],
)
def test_the_price_asked(tmp_path: Path, sales: object, original: object, price: tuple[float | None, float | None]) -> None:
    product = rows(_search(tmp_path, sales_price=sales, original_price=original), "products")[0]
    assert (product.get("price"), product.get("price_high")) == price


def test_a_bad_product_leaves_its_neighbours(tmp_path: Path) -> None:
    found = _search(tmp_path, units_sold="many")
    assert [each["id"] for each in rows(found, "products")] == ["p2"]
    assert [each.column for each in rejects(found)] == ["data.products[0].units_sold"]


def test_a_document_is_as_old_as_its_own_time(tmp_path: Path) -> None:
    detail = {"product_id": "p1", "product_stock_count": "4"}
    statistics = [
        {"campaign_product_detail": detail, "data_update_time": "1736204400000"},
        {"campaign_product_detail": detail | {"product_id": "p2"}},
    ]
    document = envelope(response(campaign_product_statistics=statistics), campaign_id="c1")
    name = "get-affiliate-campaign-creator-fulfillment-status-list.json"
    found = items(owner(tmp_path, kind="partner"), (name, document))
    ages = {item.values["id"]: item.age.observed_at for item in found if isinstance(item, Row) and item.table == "products"}
    assert ages == {"p1": 1_736_204_400, "p2": EXPORTED_AT}
