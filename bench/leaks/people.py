"""Creators of the worlds with all that happens to them, drawn from a seed: posts, order lines, work with brands, reports."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Final

from bench.leaks.goods import PRODUCTS, SUMS_ONLY, Row, World, brand_of

DAY: Final = 86_400
END: Final = 20_454 * DAY
EARLIER: Final = END - 7 * DAY
"""The dates of the two scoring runs."""

DAYS: Final = 120
TABLES: Final = ("creators", "contents", "features", "mentions", "collaborations", "sales", "reports", "audiences")
STATUSES: Final = ("DELIVERED", "DELIVERED", "DELIVERED", "ACCEPTED", "DECLINED", "EXPIRED", "FAILED")


def creator(world: World, region: str, number: int, rng: Random, *, products: Sequence[str]) -> None:
    """Add a creator to the tables, who promotes some of the products."""
    name, followers = f"{region.lower()}{number:02}", int(rng.lognormvariate(9, 1.3))
    world["creators"].append(
        {
            "id": name,
            "handle": f"handle.{name}",
            "nickname": f"Nick {number}",
            "region": region,
            "language": rng.choice(["en", "es"]),
            "verified": rng.random() < 0.3,
            "follower_count": followers,
            "sales_consent": True if number % 3 == 0 else rng.choice([False, None]),
            "joined_at": END - rng.randrange(130, 900) * DAY,
        }
    )
    portfolio = rng.sample(list(products), rng.randint(2, 9))
    _posts(world, name, rng, followers, portfolio)
    _deals(world, name, rng, products, rng.choice([0, 1, 2, 3, 4, 4, 6, 8, 9, 12]))
    for at in (END - 40 * DAY, END - 9 * DAY):
        world["reports"].append(report(name, at, rng, ranged=number % 4 == 1))
    for bucket, share in (("18-24", 0.2 + 0.5 * rng.random()), ("35-44", 0.1)):
        world["audiences"].append(
            {"id": f"{name}:AGE:{bucket}", "creator_id": name, "dimension": "AGE", "bucket": bucket, "share": share, "at": END}
        )


def _posts(world: World, name: str, rng: Random, followers: int, portfolio: list[str]) -> None:
    """Add posts, what they show, and what is ordered through them."""
    per_view = rng.lognormvariate(-7.2, 1.1)
    for n in range(rng.randint(8, 24)):
        at, views = END - int(rng.random() * DAYS * DAY) - 60, int(30 + followers**0.6 * rng.lognormvariate(2, 0.8))
        kind = "LIVE" if rng.random() < 0.1 else "VIDEO"
        post = {"id": f"{name}-v{n:02}", "creator_id": name, "kind": kind, "published_at": at, "title": f"Post {n}"}
        likes = int(views * 0.05 * rng.lognormvariate(0, 0.4))
        world["contents"].append(
            {**post, "views": views, "likes": likes, "comments": likes // 9, "shares": likes // 15, "duration_seconds": 30}
        )
        shown = rng.sample(portfolio, min(len(portfolio), rng.choice([0, 1, 1, 2])))
        for product in shown:
            _shown(world, post, product, rng, int(views * per_view * rng.lognormvariate(0, 0.5)))
        if rng.random() < 0.15 and len(world["creators"]) > 1:
            other = rng.choice(world["creators"][:-1])["id"]
            world["mentions"].append({"content_id": post["id"], "creator_id": other})


def _shown(world: World, post: Row, product: str, rng: Random, orders: int) -> None:
    """Show a product in a post; its orders come as lines, or in sum."""
    feature = {"content_id": post["id"], "product_id": product, "impressions": 40 + 3 * orders, "clicks": 5 + 2 * orders}
    price = PRODUCTS[product]["price"]
    if brand_of(product) == f"b{SUMS_ONLY:02}":
        units = orders + orders // 5
        sums = {"orders": orders, "units": units, "refunded_units": units // 10, "gmv": round(units * price, 2), "currency": "USD"}
        world["features"].append({**feature, **sums, "seen_at": END})
        return
    world["features"].append(feature)
    for n in range(orders):
        at = post["published_at"] + int(rng.expovariate(1 / (2 * DAY)))
        if at < END - 60:
            world["sales"].append(line(f"{post['id']}-{product}-{n}", post, product, rng, at=at))


def line(own_id: str, post: Row, product: str, rng: Random, *, at: int) -> Row:
    """Return an order line."""
    quantity = rng.choice([1, 1, 1, 2, 3])
    refunded = quantity if rng.random() < 0.06 else 0
    return {
        "id": f"{own_id}:1",
        "order_id": own_id,
        "at": at,
        "status": "REFUNDED" if refunded else "SETTLED",
        "quantity": quantity,
        "refunded_quantity": refunded,
        "gmv": round(quantity * PRODUCTS[product]["price"] * rng.uniform(0.8, 1.1), 2),
        "currency": "USD",
        "product_id": product,
        "creator_id": post["creator_id"],
        "content_id": post["id"],
    }


def _deals(world: World, name: str, rng: Random, products: Sequence[str], many: int) -> None:
    """Add work with brands."""
    posts = [each for each in world["contents"] if each["creator_id"] == name]
    for n in range(many):
        world["collaborations"].append(deal(f"{name}-k{n:02}", name, rng.choice(list(products)), rng, posts))


def deal(own_id: str, name: str, product: str, rng: Random, posts: Sequence[Row]) -> Row:
    """Return a collaboration on a product, of a random course."""
    offered = END - rng.randrange(3, 118) * DAY - rng.randrange(DAY)
    status, kind = rng.choice(STATUSES), rng.choice(["TARGETED", "TARGETED", "SAMPLE", "CAMPAIGN"])
    accepted = status in ("DELIVERED", "ACCEPTED", "FAILED")
    answered = offered + int(rng.uniform(0.1, 12) * DAY) if status != "EXPIRED" else None
    delivered = offered + rng.randrange(3, 20) * DAY if status == "DELIVERED" else None
    rated = delivered is not None and rng.random() < 0.8
    content = rng.choice(list(posts))["id"] if delivered is not None and posts else None
    sample = kind == "SAMPLE"
    waits = sample and status == "EXPIRED"
    return {
        "id": own_id,
        "kind": kind,
        "status": "OFFERED" if waits else status,
        "approval_due_at": END + offered % 6 * DAY if waits else None,
        "approved_at": min(answered or END, END - DAY) if sample and accepted else None,
        "name": f"Offer {rng.randrange(1000)}",
        "offered_at": offered,
        "answered_at": answered if answered is None else min(answered, END - DAY),
        "accepted": None if status == "EXPIRED" else accepted,
        "due_at": offered + 14 * DAY if accepted else None,
        "delivered_at": delivered and min(delivered, END - DAY),
        "ends_at": offered + 10 * DAY,
        "rating": float(rng.randint(2, 5)) if rated else None,
        "rated_at": min((delivered or END) + DAY, END - 60) if rated else None,
        "commission_rate": rng.choice([0.05, 0.1, 0.15, 0.2]),
        "fee": float(rng.randrange(20, 300)),
        "currency": "USD",
        "content_count": 1 if content else 0,
        "brand_id": brand_of(product),
        "creator_id": name,
        "product_ids": [product],
        "content_ids": [content] if content else [],
    }


def report(name: str, at: int, rng: Random, *, ranged: bool) -> Row:
    """Return what the platform reports of a creator; with ranges in place of amounts where it has them alone."""
    gmv = round(rng.lognormvariate(6, 1.5), 2)
    video = round(gmv * rng.uniform(0.5, 1), 2)
    exact = {
        "gmv": gmv,
        "video_gmv": video,
        "live_gmv": round(gmv - video, 2),
        "gpm": round(rng.uniform(2, 60), 2),
        "units_sold": int(gmv / 9),
    }
    amounts = {"gmv_low": 0.0, "gmv_high": 1000.0, "units_sold_low": 0, "units_sold_high": 100} if ranged else exact
    shares = sorted((rng.random() for _ in range(2)), reverse=True)
    return {
        "id": f"{name}:{at}",
        "at": at,
        "days": 30,
        "currency": "USD",
        **amounts,
        "content_count": rng.randint(3, 20),
        "video_count": rng.randint(3, 20),
        "video_views": float(rng.randint(100, 9000)),
        "video_engagement_rate": round(rng.uniform(0.01, 0.2), 4),
        "fulfilment_rate": round(rng.random(), 2),
        "brand_collaboration_count": rng.randint(0, 9),
        "promoted_product_count": rng.randint(1, 20),
        "category_ids": ["beauty", "home"],
        "category_shares": [round(each / sum(shares), 4) for each in shares],
        "content_kinds": ["VIDEO", "LIVE"],
        "content_shares": [round(video / gmv, 4), round(1 - video / gmv, 4)],
        "commission_rate": round(rng.uniform(0.05, 0.2), 3),
        "rating": round(rng.uniform(3, 5), 1),
        "creator_id": name,
    }
