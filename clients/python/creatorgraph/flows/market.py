"""Brands, products and collaborations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import polars as pl

from creatorgraph.columns import INSTANT, NUMBER, TEXT, TRUTH, WHOLE, Columns, selection, with_fields
from creatorgraph.flows.creators import PAGE_INFO, PAGING, given, order
from creatorgraph.flows.graphql import nodes
from creatorgraph.frames import frame
from creatorgraph.steps import Flow

BRANDS: Final[Columns] = {"id": TEXT, "name": TEXT, "region": TEXT}
MONEY: Final[Columns] = {"amount": NUMBER, "currency": TEXT, "usd": NUMBER}
PRODUCTS: Final[Columns] = {
    "id": TEXT,
    "title": TEXT,
    "region": TEXT,
    "status": TEXT,
    "commissionRate": NUMBER,
    "unitsSold": WHOLE,
    "brand.id": TEXT,
    "brand.name": TEXT,
    "category.id": TEXT,
    "category.name": TEXT,
    **{f"price.{name}": type_ for name, type_ in MONEY.items()},
}
COLLABORATIONS: Final[Columns] = {
    "id": TEXT,
    "kind": TEXT,
    "status": TEXT,
    "brand.id": TEXT,
    "brand.name": TEXT,
    "creator.id": TEXT,
    "creator.handle": TEXT,
    **dict.fromkeys(("offeredAt", "answeredAt", "dueAt", "deliveredAt", "endsAt"), INSTANT),
    "commissionRate": NUMBER,
    "rating": NUMBER,
    "contentCount": WHOLE,
}
CATEGORIES: Final[Columns] = {"id": TEXT, "name": TEXT, "leaf": TRUTH, "parent.id": TEXT, "parent.name": TEXT}


def brands(
    *,
    filter: Mapping[str, Any] | None = None,
    sort: str | None = None,
    fields: Sequence[str] = (),
    first: int | None = None,
) -> Flow[pl.DataFrame]:
    """Return brands, one a row; `filter` is a `BrandFilter`, `sort` a `BrandSort`, `fields` adds columns by dotted path."""
    return (yield from _listed("brands", "Brand", with_fields(BRANDS, fields), filter, sort, first))


def products(
    *,
    filter: Mapping[str, Any] | None = None,
    sort: str | None = None,
    fields: Sequence[str] = (),
    first: int | None = None,
) -> Flow[pl.DataFrame]:
    """Return products, one a row; `filter` is a `ProductFilter`, `sort` a `ProductSort`, `fields` adds columns by dotted path."""
    return (yield from _listed("products", "Product", with_fields(PRODUCTS, fields), filter, sort, first))


def collaborations(
    *,
    filter: Mapping[str, Any] | None = None,
    sort: str | None = None,
    fields: Sequence[str] = (),
    first: int | None = None,
) -> Flow[pl.DataFrame]:
    """Return the collaborations that the key may see, one a row, terms null where they are others' business.

    `filter` is a `CollaborationFilter`, `sort` a `CollaborationSort`, `fields` adds columns by dotted path: `sales.gmvUsd`.
    """
    return (yield from _listed("collaborations", "Collaboration", with_fields(COLLABORATIONS, fields), filter, sort, first))


def categories(*, filter: Mapping[str, Any] | None = None, first: int | None = None) -> Flow[pl.DataFrame]:
    """Return product categories, one a row; `filter` is a `CategoryFilter`."""
    query = f"""query Categories($filter: CategoryFilter, $first: Int, $after: String) {{
      categories(filter: $filter, {PAGING}) {{ nodes {selection(CATEGORIES)} {PAGE_INFO} }}
    }}"""
    return frame((yield from nodes(query, given(filter=filter), "categories", first)), CATEGORIES)


def _listed(  # noqa: PLR0913 - one place that the three lists share
    field: str, kind: str, columns: Columns, filter: Any, sort: str | None, first: int | None
) -> Flow[pl.DataFrame]:
    query = f"""query Listed($filter: {kind}Filter, $sort: [{kind}Order!], $first: Int, $after: String) {{
      {field}(filter: $filter, sort: $sort, {PAGING}) {{ nodes {selection(columns)} {PAGE_INFO} }}
    }}"""
    rows = yield from nodes(query, given(filter=filter, sort=order(sort)), field, first)
    return frame(rows, columns)
