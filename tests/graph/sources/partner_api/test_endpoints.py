"""Every field of every specification: what the generator wrote is what the rows hold, unit by unit."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from graph.model import TABLES, columns, table
from graph.rows import Note, Reject, Row
from graph.sources import read
from graph.sources.partner_api.endpoints import ENDPOINTS
from tests.graph.sources.partner_api import generated
from tests.graph.sources.partner_api.generated import SPECIFICATIONS, WHY_ABSENT, Generator
from tests.graph.sources.partner_api.kept import APART, KEPT, KINDS, LEFT_OUT, PAGING

pytestmark = pytest.mark.skipif(not SPECIFICATIONS.is_dir(), reason=WHY_ABSENT)


def _slugs() -> list[str]:
    return sorted(ENDPOINTS)


def _rows(folder: Path, slug: str, *, seed: int, records: int = 3, region: str = "ID") -> tuple[generated.Written, list[Row]]:
    generated.write_owner(folder, generated.owner_kind(slug), region=region)
    told = Generator(seed, region=region).write(slug, records=records)
    generated.save(folder / f"{slug}.json", told.document)
    items = list(read(folder))
    assert [item for item in items if isinstance(item, Reject)] == []
    unknown = [item for item in items if isinstance(item, Note) and item.kind == "unknown field"]
    assert unknown == []
    return told, [item for item in items if isinstance(item, Row)][1:]


def _cells(rows: list[Row], name: str) -> list[dict[str, Any]]:
    found = [row.values for row in rows if row.table == name]
    if name == "programmes":  # an open plan's terms are told by its id and by its product, for responses that do not name it
        found = [values for values in found if not values["programme_id"].startswith("open:")]
    return [values | line for values in found for line in values["lines"]] if name == "orders" else found


def _values(truth: Any, parts: list[str]) -> Iterator[Any]:
    """Yield the value of a field in each record along a path of lists and objects."""
    if isinstance(truth, list) and parts:
        for each in truth:
            yield from _values(each, parts)
    elif parts:
        yield from _values(truth[parts[0]], parts[1:])
    else:
        yield truth


def test_every_specified_endpoint_is_read() -> None:
    assert _slugs() == generated.slugs()


@pytest.mark.parametrize("slug", _slugs())
def test_declares_the_fields_and_address_of_the_specification(slug: str) -> None:
    endpoint = ENDPOINTS[slug]
    assert endpoint.path == generated.specification(slug)["endpoint"]

    def leaves(fields: Any, at: str) -> Iterator[str]:
        for name, below in fields.items():
            yield from leaves(below, f"{at}.{name}") if below else [f"{at}.{name}"]

    assert sorted(leaves(endpoint.fields, "data")) == sorted(generated.leaf_paths(slug))


@pytest.mark.parametrize("slug", _slugs())
def test_says_of_every_field_whether_it_is_kept(slug: str) -> None:
    apart, out = APART.get(slug, set()), (*LEFT_OUT.get(slug, ()), *PAGING)
    for path in generated.leaf_paths(slug):
        known = path in KEPT[slug] or path.split(".")[-1] in apart or path in apart or any(part in path for part in out)
        assert known, f"{slug}: {path} is neither kept nor left out with a reason"


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("slug", _slugs())
def test_rows_hold_what_was_written(slug: str, seed: int, tmp_path: Path) -> None:
    told, rows = _rows(tmp_path, slug, seed=seed, records=1 if seed == 0 else 3)
    lines = 1 if seed == 0 else 3
    for path in generated.leaf_paths(slug):
        if path not in KEPT[slug]:
            continue
        name, column, *translate = KEPT[slug][path]
        values = list(_values(told.truth, path.split(".")[1:]))
        if path.startswith("data.orders.") and ".skus." not in path and slug != "search-tap-affiliate-orders":
            values = [value for value in values for _ in range(lines)]
        expected = [translate[0](value) if translate and value is not None else value for value in values]
        assert [cells.get(column) for cells in _cells(rows, name)] == expected, f"{path} → {name}.{column}"


@pytest.mark.parametrize("slug", _slugs())
def test_rows_have_the_columns_of_their_tables(slug: str, tmp_path: Path) -> None:
    _, rows = _rows(tmp_path, slug, seed=11)
    beside = {"contents": {"time_in_id"}, "categories": {"region"}, "orders": {"order_id", "lines"}}
    for row in rows:
        if row.table in {each.name for each in TABLES}:
            assert row.values.keys() <= columns(table(row.table)).keys() | beside.get(row.table, set())
        assert all(value is not None for value in row.values.values())
        assert row.where.file == f"{slug}.json"
    assert {row.table for row in rows} <= set(ENDPOINTS[slug].tables)
    assert [row.age.position for row in rows] == sorted(row.age.position for row in rows)


@pytest.mark.parametrize("region", ["US", "ID", "VN", "DE", "JP", "GB"])
def test_amounts_are_read_in_the_way_of_their_market(region: str, tmp_path: Path) -> None:
    told, rows = _rows(tmp_path, "search-seller-affiliate-orders", seed=5, records=5, region=region)
    lines = [sku for order in told.truth["orders"] for sku in order["skus"]]
    read_lines = [line for row in rows if row.table == "orders" for line in row.values["lines"]]
    assert [line["price"] for line in read_lines] == [sku["price"]["amount"] for sku in lines]
    assert [line["gmv"] for line in read_lines] == [float(Decimal(str(sku["price"]["amount"])) * sku["quantity"]) for sku in lines]


@pytest.mark.parametrize("slug", [slug for slug in _slugs() if slug.endswith("affiliate-orders")])
def test_order_lines(slug: str, tmp_path: Path) -> None:
    told, rows = _rows(tmp_path, slug, seed=7)
    orders = [row.values for row in rows if row.table == "orders"]
    for order, truth in zip(orders, told.truth["orders"], strict=True):
        skus = truth["skus"] if isinstance(truth["skus"], list) else [truth["skus"]]
        for number, (line, sku) in enumerate(zip(order["lines"], skus, strict=True), start=1):
            assert line["id"] == f"{truth['id']}:{number}"
            assert line["refunded_quantity"] == (sku["quantity"] if line["status"] == "REFUNDED" else sku["refunded_quantity"])
            assert line.get("content_id") == (sku["content_id"] if sku["content_type"] in KINDS else None)
            names = ("target_collaboration_id", "campaign_id", "open_collaboration_id")
            by_product = [f"open:{sku['product_id']}"] if "open_collaboration_id" in sku else []
            assert line["programme_id"] == [*(sku[name] for name in names if name in sku), *by_product]
            assert line["raw_status"] == truth["status"]


def test_distributions_and_followers_of_a_performance(tmp_path: Path) -> None:
    told, rows = _rows(tmp_path, "get-marketplace-creator-performance", seed=2)
    truth, [report] = told.truth["creator"], [row.values for row in rows if row.table == "reports"]
    assert report["category_ids"] == [part["category_id"] for part in truth["category_gmv_distribution"]]
    assert report["category_shares"] == [part["value"] for part in truth["category_gmv_distribution"]]
    assert report["content_kinds"] == [part["content_type"] for part in truth["content_gmv_distribution"]]
    assert report["content_shares"] == [part["value"] for part in truth["content_gmv_distribution"]]
    assert (report["at"], report["days"], report["creator_id"].open_id) == (generated.EXPORTED_AT, 30, told.ids["creator_user_id"])
    followers = [(row.values["dimension"], row.values["bucket"], row.values["share"]) for row in rows if row.table == "audiences"]
    fields = (("LOCATION", "follower_location"), ("AGE", "follower_age"), ("GENDER", "follower_gender"))
    assert followers == [(what, part["key"].upper(), part["value"]) for what, field in fields for part in truth[field]]


def test_followers_of_a_search(tmp_path: Path) -> None:
    told, rows = _rows(tmp_path, "seller-search-creator-on-marketplace", seed=2, records=1)
    major = told.truth["creators"][0]["top_follower_demographics"]["major_gender"]
    followers = [(row.values["dimension"], row.values["bucket"], row.values.get("share")) for row in rows if row.table == "audiences"]
    assert followers == [("AGE", "18-24", None), ("AGE", "55+", None), ("GENDER", major["gender"], major["percentage"])]


def test_categories_of_a_product(tmp_path: Path) -> None:
    told, rows = _rows(tmp_path, "seller-search-affiliate-open-collaboration-product", seed=2, records=2)
    chains = [part for product in told.truth["products"] for part in product["category_chains"]]
    categories = [row.values for row in rows if row.table == "categories"]
    assert categories == [
        {"id": part["id"], "name": part["local_name"], "region": "ID", "leaf": part["is_leaf"], "parent_id": "0"} for part in chains
    ]


def test_the_age_of_a_campaigns_product_is_its_own(tmp_path: Path) -> None:
    told, rows = _rows(tmp_path, "get-affiliate-campaign-creator-fulfillment-status-list", seed=1)
    times = [record["data_update_time"] for record in told.truth["campaign_product_statistics"]]
    assert [row.age.observed_at for row in rows if row.table == "products"] == [at or generated.EXPORTED_AT for at in times]
    [programme] = [row for row in rows if row.table == "programmes"]
    assert programme.values == {"programme_id": told.ids["campaign_id"], "kind": "CAMPAIGN", "partner_id": "8646000000000000001"}
    assert programme.age.observed_at == max((at for at in times if at), default=generated.EXPORTED_AT)


def test_a_whole_folder_of_every_endpoint(tmp_path: Path) -> None:
    generated.write_folder(tmp_path, seed=9)
    items = list(read(tmp_path))
    assert {item.kind if isinstance(item, Note) else repr(item) for item in items if not isinstance(item, Row)} == {"field not used"}
    assert {row.table for row in items if isinstance(row, Row)} >= {
        "orders",
        "creators",
        "products",
        "reports",
        "collaborations",
        "contents",
    }
    assert items == list(read(tmp_path))
