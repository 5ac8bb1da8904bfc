"""`Creator.lookalikes` and `Brand.lookalikes`: creators who resemble one, or those with whom a brand works; `Brand.similarBrands`."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from api.errors import Forbidden
from api.features.lookalikes.search import Search, searches
from api.features.lookalikes.similarity import Like, reasons
from api.features.lookalikes.types import Lookalike, SimilarBrand
from api.graphql.execution.field_context import FieldContext
from api.graphql.types.nouns import Ref
from graph.similarity.partners import Partner, partners
from scoring.similarity import Nearest, nearest, sought

DIGITS: Final = 2
"""Digits of a likeness that are told: more would claim more than two rows of half precision know."""

Floats = NDArray[np.float64]
Matrix = NDArray[np.float32]


async def creator_lookalikes(context: FieldContext) -> list[Lookalike] | None:
    """Return the creators most like one; None where nothing ties that one to anyone."""
    seeking = next((each for each in await searches(context) if context.own_id in each.index.place), None)
    if seeking is None or context.own_id is None:
        return None
    place = seeking.index.place[context.own_id]
    row = seeking.index.creators[place]
    if not row.any():
        return None
    allowed = await seeking.allowed()
    allowed[place] = False
    found = await seeking.index.nearest(row, allowed, context.arguments.get("first", 20))
    return await _told(seeking, Like("Creator", context.own_id, row, np.array([place])), found)


async def brand_lookalikes(context: FieldContext) -> list[Lookalike] | None:
    """Return the creators most like those with whom a brand works, who are left out unless asked for; None where nothing ties it."""
    asked, brand = await searches(context), context.own_id
    if brand is None or not asked:
        return None
    if not asked[0].reading.sees_ties_of(brand):
        raise Forbidden(f"this key may not see who works with Brand:{brand}; request lookalikes of your own brand, or of a creator")
    working = await partners(asked[0].reading, asked[0].run.id, [brand])
    known = [each for each in [await _like_partners(seeking, brand, working) for seeking in asked] if each is not None]
    alike = sorted((one for each in known for one in each), key=lambda one: -one.similarity)
    return alike[: context.arguments.get("first", 20)] if known else None


async def _like_partners(seeking: Search, brand: str, partnered: list[Partner]) -> list[Lookalike] | None:
    """Return the creators of one search most like those of its index with whom a brand works."""
    if brand not in seeking.index.brand_place:
        return None
    given = seeking.context.arguments
    working = [each for each in partnered if each.creator in seeking.index.place]
    row = _wanted(seeking, brand, working)
    if not row.any():
        return None
    allowed = await seeking.allowed()
    places = seeking.index.places([each.creator for each in working])
    if not given.get("includePartners", False):
        allowed[places] = False
    found = await seeking.index.nearest(row, allowed, given.get("first", 20))
    seen = places[seeking.visible.mask[places]]
    return await _told(seeking, Like("Brand", brand, row, seen, {each.creator: each.handle for each in working}), found)


async def similar_brands(context: FieldContext) -> list[SimilarBrand] | None:
    """Return the brands whose surroundings are most alike; for those alone who see all ties, since it stands on who works with whom."""
    seeking = next((each for each in await searches(context) if context.own_id in each.index.brand_place), None)
    if seeking is None or context.own_id is None:
        return None
    if seeking.reading.brands is not None:
        raise Forbidden("similarBrands uses ties that this key may not see; use competitors, which shows counts")
    rows, place = seeking.index.brands, seeking.index.brand_place[context.own_id]
    allowed = np.ones(len(rows), dtype=np.bool_)
    allowed[place] = False
    found = nearest(rows, rows[place], allowed, context.arguments.get("first", 10))
    ids = seeking.index.vectors.ids["Brand"]
    return [
        SimilarBrand(brand=Ref("Brand", str(ids[at])), similarity=_rounded(like))
        for at, like in zip(found.places, found.likeness, strict=True)
    ]


def _wanted(seeking: Search, brand: str, working: list[Partner]) -> Matrix:
    index = seeking.index
    rows = index.creators[index.places([each.creator for each in working])]
    times, gmv = (np.array(each, dtype=np.float64) for each in ([one.times for one in working], [one.gmv_usd for one in working]))
    return sought(index.brands[index.brand_place[brand]], rows, times=times, gmv_usd=gmv)


async def _told(seeking: Search, like: Like, found: Nearest) -> list[Lookalike]:
    ids = [str(each) for each in seeking.index.vectors.ids["Creator"][found.places]]
    why = await reasons(seeking, like, ids) if seeking.context.wants("reasons") else {}
    pairs = zip(ids, found.likeness, strict=True)
    return [Lookalike(creator=Ref("Creator", each), similarity=_rounded(value), reasons=why.get(each, [])) for each, value in pairs]


def _rounded(likeness: np.float32) -> float:
    return round(min(max(float(likeness), 0.0), 1.0), DIGITS)
