"""Markets with planted ability, in which good creators get better products, as tables of slots."""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from scoring.ability import Counts, Slots

ABILITY = 0.5
APPEAL = 1.0
LUCK = 0.6
COMPANY = 0.6
"""How much of a product's place among all products is the creator's own company rather than chance."""


@dataclass(frozen=True)
class Simulated:
    """Slots, and what was planted: log ability, log appeal, and the number of posts of each creator."""

    slots: Slots
    counts: Counts
    ability: np.ndarray
    appeal: np.ndarray
    posts: np.ndarray


def simulated(creators: int, *, seed: int = 1, sorting: float = 0.45, elasticity: float = 1.0) -> Simulated:
    """Return a market of a third as many products; the median creator has 8 posts and 7 orders.

    `sorting` is the correlation of ability with the mean appeal of what a creator shows.
    """
    random = np.random.default_rng(seed)
    products = creators // 3
    ability, appeal = random.normal(0, ABILITY, creators), np.sort(random.normal(0, APPEAL, products))
    pull = min(sorting * 1.08, 1.0)
    company = pull * ability / ABILITY + np.sqrt(1 - pull**2) * random.normal(size=creators)
    posts = np.maximum(1, np.round(np.exp(np.log(8) + 0.9 * random.normal(size=creators)))).astype(np.int64)
    owner = np.repeat(np.arange(creators), posts)
    views = (6 + 1.2 * random.normal(size=creators))[owner] + 0.8 * random.normal(size=len(owner))
    live = random.random(len(owner)) < 0.2
    post = np.repeat(np.arange(len(owner)), 1 + random.poisson(1, len(owner)))
    place = ndtr(COMPANY * company[owner[post]] + np.sqrt(1 - COMPANY**2) * random.normal(size=len(post)))
    keys = np.unique(post * products + np.minimum((place * products).astype(np.int64), products - 1))
    post, product = np.divmod(keys, products)
    shown = np.log(np.bincount(post, minlength=len(owner)))
    luck = LUCK * random.normal(size=len(owner)) - LUCK**2 / 2
    log_rate = elasticity * (views - 6) + 0.3 * live - 0.5 * shown + luck
    rate = np.exp(log_rate[post] + ability[owner[post]] + appeal[product])
    rate *= 7 / np.median(np.bincount(owner[post], rate, minlength=creators))
    slots = Slots.of(
        creator=owner[post],
        product=product,
        post=post,
        orders=random.poisson(rate),
        log_exposure=views[post],
        live=live[post],
        log_products=shown[post],
        log_views=views[post],
    )
    return Simulated(slots, Counts(creators, products, 1), ability, appeal, posts)
