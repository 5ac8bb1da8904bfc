"""Creators who are like others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import polars as pl

from creatorgraph.columns import NUMBER, TEXT, TEXTS, WHOLE, Columns, selection
from creatorgraph.errors import NotFound, Refused
from creatorgraph.flows.creators import given
from creatorgraph.flows.graphql import value
from creatorgraph.frames import frame
from creatorgraph.steps import Flow

LOOKALIKES: Final[Columns] = {
    "creator.id": TEXT,
    "creator.handle": TEXT,
    "creator.region": TEXT,
    "creator.followerCount": WHOLE,
    "similarity": NUMBER,
}
NARROWED: Final = {
    "region": "Region",
    "category": "ID",
    "exclude": "[ID!]",
    "excludeBrands": "[ID!]",
    "minFollowers": "Int",
    "maxFollowers": "Int",
    "includePartners": "Boolean!",
}
NOTHING: Final = "there is nothing to compare: there is no scoring run yet, or it has no ties"


def lookalikes(  # noqa: PLR0913 - the field's own arguments
    creator: str | None = None,
    *,
    brand: str | None = None,
    region: str | None = None,
    category: str | None = None,
    exclude: Sequence[str] | None = None,
    exclude_brands: Sequence[str] | None = None,
    min_followers: int | None = None,
    max_followers: int | None = None,
    include_partners: bool | None = None,
    first: int = 20,
) -> Flow[pl.DataFrame]:
    """Return creators most like a creator, or most like those with whom a brand works; give one of the two.

    `reasons` has what speaks for each in words, the most telling first. `include_partners` is for brands alone.
    """
    if (creator is None) == (brand is None):
        raise Refused("give either a creator or a brand")
    wanted = given(
        region=region,
        category=category,
        exclude=exclude,
        excludeBrands=exclude_brands,
        minFollowers=min_followers,
        maxFollowers=max_followers,
        includePartners=include_partners,
    )
    field = "creator" if brand is None else "brand"
    found = yield from value(_query(field, wanted), {"id": creator or brand, "first": first, **wanted}, field, of=field)
    if found["lookalikes"] is None:
        raise NotFound(NOTHING)
    rows = [{**each, "reasons": [reason["text"] for reason in each["reasons"]]} for each in found["lookalikes"]]
    return frame(rows, {**LOOKALIKES, "reasons": TEXTS})


def _query(field: str, wanted: dict[str, Any]) -> str:
    """Return the query with just the arguments that are given: the two fields do not take all the same."""
    variables = "".join(f", ${name}: {NARROWED[name]}" for name in wanted)
    arguments = "".join(f", {name}: ${name}" for name in wanted)
    return f"""query Lookalikes($id: ID!, $first: Int!{variables}) {{
      {field}(id: $id) {{ lookalikes(first: $first{arguments}) {selection([*LOOKALIKES, "reasons.text"])} }}
    }}"""
