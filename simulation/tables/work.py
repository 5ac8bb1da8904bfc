"""Collaborations as a table: offers first, then the open plans taken up, then samples applied for."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from simulation.arrow import Table, pa
from simulation.chance import Flags, Floats, Ints
from simulation.collaborations import KINDS, NAMES, OPEN, SAMPLE
from simulation.tables.columns import arrow_array, chosen, lists, numbers, rows
from simulation.world import World

STATUSES: Final = ("OFFERED", "ACCEPTED", "DECLINED", "DELIVERED", "EXPIRED", "CANCELLED")
OFFERED, ACCEPTED, DECLINED, DELIVERED, EXPIRED, CANCELLED = range(6)


def collaboration_ids(of: World) -> Any:
    """Return the ids of offers, then open plans, then applications, as text."""
    count = len(of.offers) + len(of.open_plans.place) + len(of.applications)
    return numbers(np.arange(count) * 1_009 + 7_366_000_000_001)


def programme_ids(of: World) -> Ints:
    """Return the number of the programme of each; an open plan belongs to its product, an application stands alone."""
    alone = np.arange(len(of.applications)) * 7 + 97_000_000_001
    return np.concatenate([of.offers.programme * 7 + 94_000_000_001, of.open_plans.product * 7 + 88_000_000_001, alone])


def partner_id(of: World, region: int) -> str:
    """Return the id of the one agency of a region."""
    return f"8649{of.regions[region].code.encode().hex()}"


def collaborations_table(of: World) -> Table:
    """Return offers with what became of them by the end, open plans, which are accepted by being used, and samples applied for."""
    offers, plans, asked_for = offers_columns(of), open_columns(of), application_columns(of)
    merged = {name: _stacked(offers[name], plans[name], asked_for[name]) for name in offers}
    return rows("collaborations", merged | {"id": collaboration_ids(of), "programme_id": numbers(programme_ids(of))})


def offers_columns(of: World) -> dict[str, Any]:
    """Return the columns of all offers."""
    made, regions = of.offers, of.goods.brands.region[of.offers.brand]
    status = offer_status(of)
    done = np.flatnonzero(np.isfinite(made.delivered_at))
    post = np.full(len(made) + 1, -1)
    post[of.posts.collaboration] = np.arange(len(of.posts))
    currencies = [region.currency for region in of.regions]
    delivered = np.isfinite(made.delivered_at).astype(np.int64)
    return {
        "kind": chosen(list(KINDS), made.kind),
        "status": chosen(list(STATUSES), status),
        "name": chosen(list(NAMES), made.programme % len(NAMES)),
        "offered_at": np.floor(made.offered_at),
        "answered_at": made.answered_at,
        "accepted": pa.array(made.accepted, mask=~np.isfinite(made.answered_at)),
        "approval_due_at": np.full(len(made), np.nan),
        "approved_at": made.approved_at,
        "sample_delivered_at": made.sample_at,
        "due_at": made.due_at,
        "delivered_at": made.delivered_at,
        "ends_at": made.ends_at,
        "rating": made.rating,
        "rated_at": made.rated_at,
        "commission_rate": made.commission,
        "fee": local_fees(of),
        "currency": chosen(currencies, np.where(np.isfinite(made.fee), regions, -1)),
        "content_count": delivered,
        "brand_id": chosen(of.goods.brands.id, made.brand),
        "partner_id": chosen([partner_id(of, index) for index in range(len(of.regions))], np.where(made.partner, regions, -1)),
        "creator_id": chosen(of.people.id, made.creator),
        "product_ids": lists(chosen(numbers(of.goods.products.id), made.product), np.ones(len(made), dtype=np.int64)),
        "content_ids": lists(chosen(numbers(of.posts.id), post[done]), delivered),
        **_offer_histories(of),
    }


def offer_status(of: World) -> Ints:
    """Return the newest state of each offer."""
    made = of.offers
    answered = np.isfinite(made.answered_at)
    conditions = [np.isfinite(made.delivered_at), made.accepted, answered, made.ends_at < of.period.end]
    return np.select(conditions, [DELIVERED, ACCEPTED, DECLINED, EXPIRED], OFFERED)


def local_fees(of: World) -> Floats:
    """Return fees in the currency of the brand's region, in whole steps of its prices."""
    made, region = of.offers, of.goods.brands.region[of.offers.brand]
    usd = np.array([each.usd for each in of.regions])[region]
    step = np.maximum(np.array([each.step for each in of.regions])[region], 1.0)
    return np.round(made.fee / usd / step) * step


def open_columns(of: World) -> dict[str, Any]:
    """Return the columns of the open plans, under the same names as those of offers."""
    plans, products = of.open_plans, of.goods.products
    count = len(plans.place)
    ones, never = np.ones(count, dtype=np.int64), np.full(count, np.nan)
    first = of.posts.at[plans.first_post]
    return {
        "kind": chosen(list(KINDS), np.full(count, OPEN)),
        "status": chosen(list(STATUSES), np.full(count, DELIVERED)),
        "name": chosen(list(products.title), plans.product),
        **dict.fromkeys(("offered_at", "approval_due_at", "approved_at", "sample_delivered_at"), never),
        **dict.fromkeys(("due_at", "ends_at", "rating", "rated_at", "fee"), never),
        "answered_at": plans.taken_at,
        "accepted": np.ones(count, dtype=np.bool_),
        "delivered_at": first,
        "commission_rate": products.commission[plans.product],
        **dict.fromkeys(("currency", "partner_id"), pa.nulls(count, pa.string())),
        "content_count": plans.posts,
        "brand_id": chosen(of.goods.brands.id, products.brand[plans.product]),
        "creator_id": chosen(of.people.id, plans.creator),
        "product_ids": lists(chosen(numbers(products.id), plans.product), ones),
        "content_ids": lists(chosen(numbers(of.posts.id), plans.first_post), ones),
        "seen_at": lists(pa.array(np.stack([plans.taken_at, first], axis=1).ravel()), 2 * ones),
        "statuses": lists(chosen(list(STATUSES), np.tile([ACCEPTED, DELIVERED], count)), 2 * ones),
    }


def application_columns(of: World) -> dict[str, Any]:
    """Return the columns of samples applied for, under the same names as those of offers: only when a state was seen tells of time."""
    made, products = of.applications, of.goods.products
    count = len(made)
    none, never = np.zeros(count, dtype=np.int64), np.full(count, np.nan)
    seen = np.stack([made.applied_at.astype(np.float64), made.decided_at], axis=1)
    known: Flags = np.isfinite(seen)
    states = np.tile([OFFERED, CANCELLED], (count, 1))
    return {
        "kind": chosen(list(KINDS), np.full(count, SAMPLE)),
        "status": chosen(list(STATUSES), np.where(known[:, 1], CANCELLED, OFFERED)),
        "name": chosen(list(products.title), made.product),
        **dict.fromkeys(("offered_at", "answered_at", "approved_at", "sample_delivered_at", "due_at"), never),
        **dict.fromkeys(("delivered_at", "ends_at", "rating", "rated_at", "fee"), never),
        "approval_due_at": made.due_at,
        "accepted": pa.nulls(count, pa.bool_()),
        "commission_rate": products.commission[made.product],
        **dict.fromkeys(("currency", "partner_id"), pa.nulls(count, pa.string())),
        "content_count": none,
        "brand_id": chosen(of.goods.brands.id, made.brand),
        "creator_id": chosen(of.people.id, made.creator),
        "product_ids": lists(chosen(numbers(products.id), made.product), np.ones(count, dtype=np.int64)),
        "content_ids": lists(chosen(numbers(of.posts.id), none[:0]), none),
        "seen_at": lists(pa.array(seen[known].astype(np.int64)), known.sum(axis=1)),
        "statuses": lists(chosen(list(STATUSES), states[known]), known.sum(axis=1)),
    }


def _offer_histories(of: World) -> dict[str, Any]:
    made, status = of.offers, offer_status(of)
    expired = np.where(status == EXPIRED, made.ends_at, np.nan)
    second = np.where(np.isfinite(made.answered_at), made.answered_at, expired)
    times = np.stack([np.floor(made.offered_at), second, made.delivered_at], axis=1)
    answer = np.select([made.accepted, np.isfinite(made.answered_at)], [ACCEPTED, DECLINED], EXPIRED)
    states = np.stack([np.full(len(made), OFFERED), answer, np.full(len(made), DELIVERED)], axis=1)
    known: Flags = np.isfinite(times)
    counts = known.sum(axis=1)
    return {
        "seen_at": lists(pa.array(times[known].astype(np.int64)), counts),
        "statuses": lists(chosen(list(STATUSES), states[known]), counts),
    }


def _stacked(first: Any, *others: Any) -> Any:
    """Return columns as one, with NaN as null."""
    one = arrow_array(first)
    return pa.concat_arrays([one, *(arrow_array(each).cast(one.type) for each in others)])
