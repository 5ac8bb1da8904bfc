"""Order lines as a table, each with the history of its states."""

from __future__ import annotations

from typing import Any

import numpy as np

from simulation.aftermath import RAW, STATUSES
from simulation.arrow import Table, pa, pc
from simulation.catalogue import Products
from simulation.chance import Flags, Floats, Ints
from simulation.tables.columns import chosen, lists, maybe, numbers, rows
from simulation.tables.work import collaboration_ids
from simulation.world import World, collaboration_of_slots


def sales_table(of: World) -> Table:
    """Return the order lines of brands that give them, as known at the end."""
    kept = ~of.summed[of.lines.slot]
    lines, products = of.lines, of.goods.products
    slot, post = lines.slot[kept], of.slots.post[lines.slot[kept]]
    product = of.slots.product[slot]
    live, shown = of.posts.live[post].astype(np.int64), ~lines.showcase[kept]
    _, status, refunded = of.histories.known(of.period.end)
    order = order_ids(of, kept)
    delivered = of.histories.delivered_at[kept]
    return rows(
        "sales",
        {
            "id": pc.binary_join_element_wise(order, numbers(lines.line[kept]), ":"),
            "order_id": order,
            "at": lines.at[kept],
            "delivered_at": maybe(delivered, delivered < of.period.end),
            "status": chosen(list(STATUSES), status[kept]),
            "raw_status": chosen(list(RAW), status[kept]),
            "quantity": lines.quantity[kept],
            "refunded_quantity": refunded[kept],
            "price": lines.price[kept],
            "gmv": np.round(lines.price[kept] * lines.quantity[kept], 2),
            "currency": chosen([region.currency for region in of.regions], products.region[product]),
            "commission_rate": commissions(of, slot),
            "content_kind": chosen(["VIDEO", "LIVE", "SHOWCASE"], np.where(shown, live, 2)),
            "region": chosen([region.code for region in of.regions], products.region[product]),
            **_histories(of, kept),
            "product_id": chosen(numbers(products.id), product),
            "creator_id": chosen(of.people.id, of.posts.creator[post]),
            "content_id": chosen(numbers(of.posts.id), np.where(shown, post, -1)),
            "collaboration_id": chosen(collaboration_ids(of), collaboration_of_slots(of)[slot]),
        },
    )


def order_ids(of: World, kept: Flags | Ints) -> Any:
    """Return the order ids of the lines kept, as text; later orders have greater ids."""
    return numbers(576_400_000_000_000_000 + of.lines.order[kept] * 1_000_003)


def commissions(of: World, slot: Ints) -> Floats:
    """Return the commission of each slot: what was agreed, else what the product offers to all."""
    promised = np.where(of.slots.place[slot] < 0, of.posts.collaboration[of.slots.post[slot]], -1)
    agreed = of.offers.commission[promised] if len(of.offers) else np.zeros(len(slot))
    products: Products = of.goods.products
    return np.where(promised >= 0, agreed, products.commission[of.slots.product[slot]])


def _histories(of: World, kept: Flags) -> dict[str, Any]:
    steps, _, _ = of.histories.known(of.period.end)
    known = (of.histories.seen_at < of.period.end)[kept]
    return {
        "seen_at": lists(pa.array(of.histories.seen_at[kept][known].astype(np.int64)), steps[kept]),
        "statuses": lists(chosen(list(STATUSES), of.histories.status[kept][known]), steps[kept]),
        "refunded_quantities": lists(pa.array(of.histories.refunded[kept][known]), steps[kept]),
    }
