"""What was planted, for tests and benchmarks alone: these tables are no part of what is imported."""

from __future__ import annotations

import numpy as np

from simulation.arrow import Table, pa
from simulation.chance import sums
from simulation.tables.columns import numbers
from simulation.world import World

TRAITS = ("ability", "cooperation", "diligence", "consistency", "popularity", "volume", "quality", "regularity", "shoppable_share")


def truth_tables(of: World) -> dict[str, Table]:
    """Return the planted traits of creators and products, and who belongs to which ring, by table name."""
    return {"truth_creators": _creators(of), "truth_products": _products(of), "truth_rings": _rings(of)}


def _creators(of: World) -> Table:
    people, slots = of.people, of.slots
    creator = of.posts.creator[slots.post]
    count = len(people)
    shown = sums(creator, count)
    appeal = sums(creator, count, of.goods.products.appeal[slots.product])
    mean = np.divide(appeal, shown, out=np.full(count, np.nan), where=shown > 0)
    return pa.table(
        {
            "creator_id": people.id,
            **{name: getattr(people, name) for name in TRAITS},
            "mean_appeal": pa.array(mean, mask=np.isnan(mean)),
            "expected_orders": sums(creator, count, slots.expected),
            "community": people.community,
            "ring": pa.array(of.ring, mask=of.ring < 0),
            "active_from": people.active_from,
            "active_to": people.active_to,
        }
    )


def _products(of: World) -> Table:
    products = of.goods.products
    columns = {"product_id": numbers(products.id), "appeal": products.appeal, "refund_probability": products.refund}
    return pa.table(columns | {"attention": products.attention})


def _rings(of: World) -> Table:
    members = np.flatnonzero(of.ring >= 0)
    members = members[np.argsort(of.ring[members], kind="stable")]
    return pa.table({"ring": of.ring[members], "creator_id": of.people.id[members]})
