"""Products of any shop that are open for promotion, with their categories and commission."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from graph.rows import Item
from graph.sources.faults import BadValue
from graph.sources.partner_api.endpoint import Document, Endpoint
from graph.sources.partner_api.products import named_shop, prices, product_row
from graph.sources.partner_api.record import Record
from graph.sources.partner_api.tally import declared

ROOT: Final = "0"


def _read(doc: Document) -> Iterator[Item]:
    yield from doc.each("products", "products", _product)


def _product(doc: Document, record: Record) -> Iterator[Item]:
    product_id = record.required_id("id")
    region = record.region("sale_region") or doc.owner.region
    brand, rows = named_shop(doc, record, record.record("shop").text("name"), region=region)
    category, categories = _categories(doc, record, region)
    more = {
        "title": record.text("title"),
        "brand_id": brand,
        "region": region,
        "category_id": category,
        "units_sold": record.count("units_sold", wide=True),
        "commission_rate": record.record("commission").hundredths("rate"),
        "image_url": record.text("main_image_url"),
        "url": record.text("detail_link"),
        **prices(record, "sales_price", "original_price"),
    }
    yield from rows
    yield from categories
    yield product_row(doc, record, product_id, more)


def _categories(doc: Document, record: Record, region: str) -> tuple[str | None, list[Item]]:
    """Return the most exact category of a product and the rows of its chain; a chain that runs in a circle is rejected alone."""
    chain = list(record.records("category_chains"))
    parents = {part.required_id("id"): part.id("parent_id") or ROOT for part in chain}
    try:
        _check_circle(parents, f"{record.path}category_chains")
    except BadValue as fault:
        return None, [doc.reject(fault, record, "categories")]
    rows: list[Item] = []
    for part in chain:
        values = {
            "id": part.id("id"),
            "name": part.text("local_name"),
            "region": region,
            "leaf": part.flag("is_leaf"),
            "parent_id": part.id("parent_id") or ROOT,
        }
        rows.append(doc.row("categories", values, part))
    return _most_exact(chain, parents), rows


def _check_circle(parents: dict[str, str], column: str) -> None:
    for start in parents:
        seen = {start}
        above = parents[start]
        while above != ROOT and above in parents:
            if above in seen:
                raise BadValue(" > ".join(parents), "a category is not its own ancestor", "correct parent_id", column=column)
            seen.add(above)
            above = parents[above]
        if above in seen:
            raise BadValue(start, "a category is not its own ancestor", "correct parent_id", column=column)


def _most_exact(chain: list[Record], parents: dict[str, str]) -> str | None:
    """Return the leaf that the chain declares, else the category that is nobody's parent."""
    leaves = [part.id("id") for part in chain if part.flag("is_leaf")]
    ends = [each for each in parents if each not in parents.values()]
    return next(iter(leaves or ends), None)


ENDPOINT: Final = Endpoint(
    slug="seller-search-affiliate-open-collaboration-product",
    path="/affiliate_seller/202405/open_collaborations/products/search",
    tables=("brands", "categories", "products"),
    fields=declared(
        """
        products(shop(name) id -has_inventory units_sold title sale_region main_image_url detail_link original_price(currency
        minimum_amount maximum_amount) category_chains(id local_name is_leaf parent_id) commission(rate -currency -amount)
        sales_price(currency minimum_amount maximum_amount)) next_page_token total_count
        """
    ),
    read=_read,
    pages="products",
)
