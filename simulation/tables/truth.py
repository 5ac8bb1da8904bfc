"""What was planted, for tests, benchmarks and the validation report alone: these tables are no part of what is imported."""

from __future__ import annotations

import numpy as np

from simulation.arrow import Table, pa
from simulation.chance import Floats, sigmoid, sums
from simulation.cheating import Cheat, Cunning
from simulation.parameters import ACCEPT_LOGIT, ANSWER_LOGIT, ANSWER_SPREAD, DELIVER_LOGIT, DELIVER_SPREAD, QUALITY_SPREAD
from simulation.renaming import former_names
from simulation.tables.columns import chosen, numbers
from simulation.tables.people import roots
from simulation.taste import place_weights
from simulation.world import World

LATENT = ("ability", "diligence", "consistency", "popularity", "volume", "taste", "regularity", "shoppable_share")
TABLES = ("truth_creators", "truth_products", "truth_rings", "truth_category_shares")


def truth_tables(of: World) -> dict[str, Table]:
    """Return what was planted in creators and products, who belongs to which ring, and shares of categories, by table name."""
    return dict(zip(TABLES, (_creators(of), _products(of), _rings(of), _category_shares(of)), strict=True))


def traits(of: World) -> dict[str, Floats]:
    """Return what each score is meant to find, one entry a creator, each in the unit in which it shows.

    `reliability`: share of promises kept; `responsiveness`: share of invitations accepted; `drive`: shoppable share of posts;
    `output`: posts a week; `quality`: multiple of the views that the audience brings; `selling`: multiple of the orders that
    views and product bring; `breadth`: effective number of brands (exp of the entropy of what is shown); `steadiness`: 0–1.
    """
    people = of.people
    return {
        "reliability": sigmoid(DELIVER_LOGIT + DELIVER_SPREAD * people.reliability),
        "responsiveness": sigmoid(ANSWER_LOGIT + ANSWER_SPREAD * people.responsiveness) * float(sigmoid(np.array([ACCEPT_LOGIT]))[0]),
        "drive": people.shoppable_share,
        "output": people.posts_per_week,
        "quality": np.exp(QUALITY_SPREAD * people.quality),
        "selling": np.exp(people.ability),
        "breadth": _breadth(of),
        "steadiness": sigmoid(1.7 * people.consistency),
    }


def _creators(of: World) -> Table:
    people, slots, future = of.people, of.slots, of.future
    creator = of.posts.creator[slots.post]
    count = len(people)
    shown = sums(creator, count)
    appeal = sums(creator, count, of.goods.products.appeal[slots.product])
    mean = np.divide(appeal, shown, out=np.full(count, np.nan), where=shown > 0)
    return pa.table(
        {
            "creator_id": people.id,
            "username": people.handle,
            "region": chosen([each.code for each in of.regions], people.region),
            "former_username": pa.array(former_names(of), pa.string()),
            "consent": people.consent,
            "followers": people.followers,
            **traits(of),
            **{name: getattr(people, name) for name in LATENT},
            "mean_appeal": pa.array(mean, mask=np.isnan(mean)),
            "expected_orders": sums(creator, count, slots.expected),
            "orders": sums(creator[of.lines.slot], count, (of.lines.line == 1).astype(np.float64)),
            "community": people.community,
            "ring": pa.array(of.ring, mask=of.ring < 0),
            "cheat": chosen([each.name for each in Cheat], np.where(of.cheats.kind > 0, of.cheats.kind, -1)),
            "cunning": chosen([each.name for each in Cunning], np.where(of.cheats.kind > 0, of.cheats.level, -1)),
            "joined_at": people.joined_at,
            "active_from": people.active_from,
            "active_to": people.active_to,
            "expected_28d_usd": future.expected,
            "future_net_usd": future.net,
        }
    )


def _breadth(of: World) -> Floats:
    """Return exp of the entropy of the brands in each creator's portfolio, weighed as posts show them."""
    choices, brands = of.choices, len(of.goods.brands.id)
    pair = choices.creator * brands + of.goods.products.brand[choices.product]
    pairs, which = np.unique(pair, return_inverse=True)
    share = np.maximum(np.bincount(which, weights=place_weights(choices)), 1e-12)
    return np.exp(sums(pairs // brands, len(of.people), -share * np.log(share)))


def _products(of: World) -> Table:
    products = of.goods.products
    columns = {"product_id": numbers(products.id), "appeal": products.appeal, "refund_probability": products.refund}
    return pa.table(columns | {"attention": products.attention})


def _rings(of: World) -> Table:
    members = np.flatnonzero(of.ring >= 0)
    members = members[np.argsort(of.ring[members], kind="stable")]
    return pa.table({"ring": of.ring[members], "creator_id": of.people.id[members]})


def _category_shares(of: World) -> Table:
    """Return each creator's share of the expected sales of a root category in the region, where there are any."""
    flow, region = of.future.by_category, of.people.region
    total = np.zeros((len(of.regions), flow.shape[1]))
    np.add.at(total, region, flow)
    share = np.divide(flow, total[region], out=np.zeros_like(flow), where=total[region] > 0)
    who, category = np.nonzero(share > 0)
    return pa.table(
        {
            "creator_id": of.people.id[who],
            "region": chosen([each.code for each in of.regions], region[who]),
            "category_id": chosen(roots(of), category),
            "expected_share": share[who, category],
        }
    )
