"""Creators on the marketplace: the list that a shop finds, and each with the sums of 30 days."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np

from simulation.chance import stream
from simulation.regions import Region
from simulation.responses.book import Export
from simulation.responses.pages import Reply
from simulation.responses.values import hundredths, known, money, money_range, picture, plain
from simulation.tables.people import AGES

AMOUNTS: Final = {"gmv": "gmv", "gpm": "gpm", "avg_gmv_per_buyer": "gmv_per_buyer", "video_gmv": "video_gmv", "live_gmv": "live_gmv"}
RANGED: Final = ("gmv", "gpm", "avg_gmv_per_buyer")
RANGES_IN: Final = "US"
"""Ranges are shown in this region alone; elsewhere what is not shared is missing."""
PROFILES_MOST: Final = 80
PROFILED: Final = 0.5
"""Share of those found whose reports a shop opens."""
STRANGERS: Final = 0.15
"""Share of a region's creators whom a search shows beside those known already."""
AGE_NAMES: Final = ("AGE_RANGE_18_24", "AGE_RANGE_25_34", "AGE_RANGE_35_44", "AGE_RANGE_45_54", "AGE_RANGE_55_AND_ABOVE")
Sums = dict[str, Any]


def acquaintances(export: Export, brand: int) -> list[int]:
    """Return the creators whom a brand has had to do with: they sold for it or were asked to."""
    world = export.book.world
    sold = export.book.line_creator[(export.book.line_brand == brand) & (world.lines.at < export.at)]
    asked = world.offers.creator[(world.offers.brand == brand) & (world.offers.offered_at < export.at)]
    return np.unique(np.concatenate([sold, asked])).tolist()


def searched(export: Export, brand: int) -> list[int]:
    """Return whom a brand finds on the marketplace: its acquaintances, and some of its region who had joined."""
    world = export.book.world
    rng = stream(world.seed, f"search of {brand} at {export.at}")
    here = (world.people.region == world.goods.brands.region[brand]) & (world.people.joined_at < export.at)
    strangers = np.flatnonzero(here & (rng.random(len(here)) < STRANGERS))
    return np.union1d(acquaintances(export, brand), strangers).tolist()


def found_creators(export: Export, brand: int) -> list[dict[str, Any]]:
    """Return the entries of `seller-search-creator-on-marketplace`."""
    return [_found(export, creator) for creator in searched(export, brand)]


def performances(export: Export, brand: int) -> Iterator[Reply]:
    """Yield the replies of `get-marketplace-creator-performance` for some of those whom a brand finds."""
    rng = stream(export.book.world.seed, f"profiles of {brand} at {export.at}")
    linked = [creator for creator in searched(export, brand) if export.book.open_id(creator)]
    for creator in sorted(rng.permutation(linked)[: min(PROFILES_MOST, round(PROFILED * len(linked)))].tolist()):
        yield Reply({"creator": _performance(export, creator)}, {"creator_user_id": export.book.open_id(creator)})


def _profile(export: Export, creator: int) -> dict[str, Any]:
    name = export.handle(creator)
    return {
        "username": name,
        "nickname": name.replace(".", " ").title(),
        "avatar": {"url": picture("creators", name)},
        "selection_region": export.book.region_of(creator).code,
        "follower_count": export.followers(creator),
        "category_ids": [export.book.roots[int(export.book.world.choices.home[creator])]],
    }


def _sums(export: Export, creator: int) -> Sums:
    return export.reports.get(str(export.book.world.people.id[creator]), {})


def _found(export: Export, creator: int) -> dict[str, Any]:
    sums, region = _sums(export, creator), export.book.region_of(creator)
    female = float(export.book.genders[creator, 0])
    ages = np.argsort(-export.book.ages[creator], kind="stable")[:3]
    return known(
        _profile(export, creator)
        | {
            "creator_open_id": export.book.open_id(creator),
            "avg_ec_live_uv": _whole(sums.get("live_unique_viewers")),
            "avg_ec_video_view_count": _whole(sums.get("video_views")),
            **{field: _amount(sums, field, region) for field in ("gmv", "live_gmv", "video_gmv")},
            "gmv_range": _range(sums, "gmv", region),
            "units_sold_range": _unit_range(sums, region),
            "top_follower_demographics": {
                "age_ranges": [AGE_NAMES[age] for age in ages],
                "major_gender": {"gender": "FEMALE" if female >= 0.5 else "MALE", "percentage": hundredths(max(female, 1 - female))},
            },
        }
    )


def _performance(export: Export, creator: int) -> dict[str, Any]:
    sums, region = _sums(export, creator), export.book.region_of(creator)
    return known(
        _profile(export, creator)
        | {"bio_description": "", "profile_tt_uri": f"aweme://user/profile/{creator}", "pps": _performance_score(export, creator)}
        | _amounts(export, creator, sums, region)
        | _counts(sums)
        | _audience(export, creator)
    )


def _performance_score(export: Export, creator: int) -> str:
    """Return how little of what a creator shows comes back, with noise, from 0 to 5."""
    world = export.book.world
    choices, rng = world.choices, stream(world.seed, f"performance of {creator}")
    own = choices.product[choices.starts[creator] : choices.starts[creator + 1]]
    refunds = float(world.goods.products.refund[own].mean())
    return f"{float(np.clip(4.6 - 6 * refunds + rng.normal(0, 0.35), 0, 5)):.1f}"


def _amounts(export: Export, creator: int, sums: Sums, region: Region) -> dict[str, Any]:
    """Return what the creator shares exactly, or the ranges that stand in its place."""
    shared = bool(export.book.world.people.consent[creator])
    low, high = _price_bounds(export, creator)
    rate = _commission(export, creator)
    ranges = {f"{field}_range": _range(sums, AMOUNTS[field], region) for field in RANGED}
    shares = {"video_gpm": _gpm(sums, "video"), "live_gpm": _gpm(sums, "live")}
    return {
        **{field: _amount(sums, column, region) for field, column in AMOUNTS.items()},
        **ranges,
        **{field: money(value, region.currency) if value is not None and shared else None for field, value in shares.items()},
        **{f"{field}_range": ranges["gpm_range"] for field in shares},
        "units_sold": sums.get("units_sold"),
        "units_sold_range": _unit_range(sums, region),
        "avg_commission_rate": hundredths(rate) if shared else None,
        "avg_commission_rate_range": None if shared else {"minimum_amount": hundredths(rate) // 500 * 500, "maximum_amount": 3_500},
        "product_original_price_range": {
            "minimum_amount": plain(low, region.currency),
            "maximum_amount": plain(high, region.currency),
            "currency": region.currency,
        },
        "category_gmv_distribution": [
            {"category_id": key, "value": f"{share:.4f}"}
            for key, share in zip(sums.get("category_ids") or [], sums.get("category_shares") or [], strict=True)
        ],
        "content_gmv_distribution": [
            {"content_type": key, "value": f"{share:.4f}"}
            for key, share in zip(sums.get("content_kinds") or [], sums.get("content_shares") or [], strict=True)
        ],
    }


def _counts(sums: Sums) -> dict[str, Any]:
    means = {
        f"avg_ec_{kind}_{field}_count": _whole(sums.get(f"{kind}_{column}"))
        for kind in ("video", "live")
        for field, column in (("like", "likes"), ("comment", "comments"), ("share", "shares"))
    }
    rates = {f"ec_{kind}_engagement_rate": sums.get(f"{kind}_engagement_rate") for kind in ("video", "live")}
    return {
        "brand_collaboration_count": sums.get("brand_collaboration_count"),
        "top_collaborated_brand_ids": [],
        "promoted_product_num": sums.get("promoted_product_count"),
        "ec_video_count": sums.get("video_count"),
        "ec_live_count": sums.get("live_count"),
        "avg_ec_video_play_count": _whole(sums.get("video_views")),
        "avg_ec_live_view_count": _whole(sums.get("live_views")),
        **means,
        **{field: str(hundredths(share)) if share is not None else None for field, share in rates.items()},
        "rating": str(sums.get("rating") or "0"),
    }


def _audience(export: Export, creator: int) -> dict[str, Any]:
    book = export.book
    codes = [region.code for region in book.world.regions]
    return {
        "follower_location": _shares(codes, book.places[creator].tolist()),
        "follower_age": _shares(list(AGES), book.ages[creator].tolist()),
        "follower_gender": _shares(["Female", "Male"], book.genders[creator].tolist()),
    }


def _shares(names: list[str], shares: list[float]) -> list[dict[str, str]]:
    return [{"key": name, "value": f"{share:.4f}"} for name, share in zip(names, shares, strict=True) if share > 0]


def _amount(sums: Sums, column: str, region: Region) -> dict[str, str] | None:
    value = sums.get(column)
    return None if value is None else money(value, region.currency)


def _range(sums: Sums, column: str, region: Region) -> dict[str, str] | None:
    return money_range(sums.get(f"{column}_low"), sums.get(f"{column}_high"), region) if region.code == RANGES_IN else None


def _unit_range(sums: Sums, region: Region) -> dict[str, Any] | None:
    low, high = sums.get("units_sold_low"), sums.get("units_sold_high")
    if region.code != RANGES_IN or low is None:
        return None
    bounds = {"minimum_amount": int(low), "formatted_range": f"{low}+" if high is None else f"{low}-{high}"}
    return bounds if high is None else bounds | {"maximum_amount": int(high)}


def _gpm(sums: Sums, kind: str) -> float | None:
    gmv, views, count = (sums.get(f"{kind}_{column}") for column in ("gmv", "views", "count"))
    return gmv * 1_000 / (views * count) if gmv is not None and views and count else None


def _price_bounds(export: Export, creator: int) -> tuple[float, float]:
    choices, things = export.book.world.choices, export.book.world.goods.products
    own = choices.product[choices.starts[creator] : choices.starts[creator + 1]]
    return float(things.price[own].min()), float(things.price_high[own].max())


def _commission(export: Export, creator: int) -> float:
    choices, things = export.book.world.choices, export.book.world.goods.products
    return float(things.commission[choices.product[choices.starts[creator] : choices.starts[creator + 1]]].mean())


def _whole(value: float | None) -> int | None:
    return None if value is None else int(value)
