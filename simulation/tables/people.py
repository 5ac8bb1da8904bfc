"""Creators and their audiences as tables."""

from __future__ import annotations

from typing import Final

import numpy as np

from simulation.arrow import Table, pa
from simulation.catalogue import TREE
from simulation.chance import Floats, owners, rounded, stream, sums
from simulation.tables.columns import chosen, lists, rows
from simulation.world import World

AGES: Final = ("18-24", "25-34", "35-44", "45-54", "55+")
AGE_WEIGHTS: Final = (6.0, 7.0, 3.5, 1.5, 0.8)
GENDERS: Final = ("FEMALE", "MALE")
FEMALE: Final = (0.8, 0.68, 0.62, 0.35, 0.55, 0.42, 0.6, 0.6)
"""Share of women by root category; assumed."""
PLACES: Final = 3


def creators_table(of: World) -> Table:
    """Return the profiles, as of the end."""
    people, rng = of.people, stream(of.seed, "profiles")
    count = len(people)
    posts = sums(of.posts.creator, count)
    likes = sums(of.posts.creator, count, of.posts.likes.astype(np.float64))
    region = chosen([each.code for each in of.regions], people.region)
    return rows(
        "creators",
        {
            "id": people.id,
            "open_id": pa.array(people.id, mask=~people.linked),
            "handle": people.handle,
            "region": region,
            "nickname": np.char.title(np.char.replace(people.handle, ".", " ")),
            "language": chosen([each.language for each in of.regions], people.region),
            "register_region": region,
            "verified": rng.random(count) < np.clip((np.log10(people.followers) - 4.5) / 3, 0.0, 0.8),
            "follower_count": people.followers,
            "following_count": np.exp(rng.normal(5.3, 1.0, count)).astype(np.int64),
            "like_count": (likes * (2 + 8 * rng.random(count))).astype(np.int64) + people.followers // 2,
            "video_count": (posts * (1.5 + 6 * rng.random(count))).astype(np.int64),
            "profile_url": np.char.add("https://video.example/@", people.handle),
            "user_type": np.full(count, "TIKTOK_SHOP_CREATOR"),
            "permissions": lists(pa.array(["ADD_AFFILIATE_PERMISSION", "LIVE_STREAM_PERMISSION"] * count), np.full(count, 2)),
            "main_category_ids": lists(chosen(roots(of), of.choices.home), np.ones(count, dtype=np.int64)),
            "sales_consent": people.consent,
            "joined_at": people.joined_at,
        },
    )


def roots(of: World) -> list[str]:
    """Return the ids of the root categories, in the order of TREE."""
    tree = of.goods.categories
    return [str(tree.id[np.flatnonzero((tree.top == top) & (tree.parent == "0"))[0]]) for top in range(len(TREE))]


def audiences_table(of: World) -> Table:
    """Return ages, genders and places of each creator's followers, as shares."""
    codes = [region.code for region in of.regions]
    buckets: list[str] = []
    dimensions: list[str] = []
    shares: list[Floats] = []
    for dimension, names, share in (
        ("AGE", AGES, age_shares(of)),
        ("GENDER", GENDERS, gender_shares(of)),
        ("LOCATION", codes, place_shares(of)),
    ):
        buckets.extend(names)
        dimensions.extend([dimension] * len(names))
        shares.append(share)
    table = np.concatenate(shares, axis=1)
    kept = table > 0
    counts = kept.sum(axis=1)
    who, which = np.nonzero(kept)
    ids = [f"{of.people.id[i]}:{dimensions[j]}:{buckets[j]}" for i, j in zip(who, which, strict=True)]
    return rows(
        "audiences",
        {
            "id": ids,
            "dimension": chosen(dimensions, which),
            "bucket": chosen(buckets, which),
            "share": table[kept],
            "at": np.full(int(counts.sum()), of.period.end),
            "creator_id": chosen(of.people.id, owners(counts)),
        },
    )


def age_shares(of: World) -> Floats:
    """Return the shares of AGES among each creator's followers."""
    rng = stream(of.seed, "ages")
    weights: Floats = rng.standard_gamma(np.broadcast_to(AGE_WEIGHTS, (len(of.people), len(AGES))))
    return rounded(weights / weights.sum(axis=1, keepdims=True), 4)


def gender_shares(of: World) -> Floats:
    """Return the shares of GENDERS, by the taste of the community."""
    rng = stream(of.seed, "genders")
    female = np.round(np.clip(np.asarray(FEMALE)[of.choices.home] + 0.1 * rng.standard_normal(len(of.people)), 0.05, 0.95), 4)
    return np.stack([female, np.round(1.0 - female, 4)], axis=1)


def place_shares(of: World) -> Floats:
    """Return the shares of the simulated regions: mostly the creator's own, and up to two others."""
    rng, count = stream(of.seed, "places"), len(of.people)
    share = np.zeros((count, len(of.regions)))
    home = np.round(0.75 + 0.2 * rng.random(count), 4)
    share[np.arange(count), of.people.region] = home
    for step in range(1, min(PLACES, len(of.regions))):
        other = (of.people.region + step) % len(of.regions)
        share[np.arange(count), other] = np.round((1 - home) * (0.5, 0.25)[step - 1], 4)
    return share
