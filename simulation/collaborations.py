"""Brands' work with creators: whom they invite, who answers, who delivers, and whom they ask again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from simulation.calendar import DAY, HOUR, Period
from simulation.catalogue import TREE
from simulation.chance import Flags, Floats, Ints, Urns, owners, rounded, sigmoid, stream, taken
from simulation.parameters import (
    ABILITY_SPREAD,
    ACCEPT_LOGIT,
    ANSWER_HOURS,
    ANSWER_LOGIT,
    ANSWER_SPREAD,
    CAMPAIGNS_EACH,
    DELIVER_LOGIT,
    DELIVER_SPREAD,
    PARTNERS_EACH,
    SAMPLES_EACH,
    TARGETED_EACH,
)
from simulation.setting import Setting

KINDS: Final = ("TARGETED", "SAMPLE", "CAMPAIGN", "OPEN")
TARGETED, SAMPLE, CAMPAIGN, OPEN = range(4)
PROGRAMME_SIZE: Final = (10, 1, 16)
"""Creators invited together, by kind; a sample is a matter between two."""
OFFER_DAYS: Final = 14
REPEATS: Final = 2
NAMES: Final = ("Autumn launch", "Always on", "Gift season", "New arrivals", "Bestsellers", "Try it first", "Sale week", "Quiet hours")


@dataclass(frozen=True, slots=True)
class Offers:
    """One entry an offer to one creator, in order of time; times are NaN where it did not happen before the end."""

    kind: Ints
    programme: Ints
    brand: Ints
    creator: Ints
    product: Ints
    partner: Flags
    offered_at: Floats
    ends_at: Floats
    answered_at: Floats
    accepted: Flags
    approved_at: Floats
    sample_at: Floats
    due_at: Floats
    delivered_at: Floats
    rating: Floats
    rated_at: Floats
    commission: Floats
    fee: Floats

    def __len__(self) -> int:
        """Return how many offers there are."""
        return len(self.kind)


@dataclass(frozen=True, slots=True)
class Deliveries:
    """The posts that creators owe and make: by whom, when, of what, and for which offer."""

    creator: Ints
    at: Ints
    product: Ints
    collaboration: Ints


def offers(on: Setting) -> Offers:
    """Return all invitations, samples and campaign offers with what became of them; brands that were content come back."""
    rng = stream(on.seed, "collaborations")
    first = _first(rng, on)
    rounds = [_outcome(rng, first, on)]
    programme = int(first["programme"].max(initial=0)) + 1
    for _ in range(REPEATS):
        again = _again(rng, rounds[-1], on, programme)
        programme += len(again["kind"])
        rounds.append(_outcome(rng, again, on))
    rows = {name: np.concatenate([each[name] for each in rounds]) for name in rounds[0]}
    return Offers(**taken(rows, np.lexsort((rows["creator"], rows["offered_at"]))))


def deliveries(made: Offers) -> Deliveries:
    """Return the posts that deliver what was promised."""
    done = np.flatnonzero(np.isfinite(made.delivered_at))
    return Deliveries(made.creator[done], made.delivered_at[done].astype(np.int64), made.product[done], done)


def _first(rng: np.random.Generator, on: Setting) -> dict[str, Any]:
    """Draw programmes by where creators are and how large brands are, and for each the creators and products."""
    goods, period = on.goods, on.period
    scale = len(on.people) * period.days / 180 * on.regime.offers
    wanted = [scale * each / size for each, size in zip((TARGETED_EACH, SAMPLES_EACH, CAMPAIGNS_EACH), PROGRAMME_SIZE, strict=True)]
    counts = np.maximum(np.round(wanted), 1).astype(np.int64)
    kind = owners(counts)
    size = 1 + rng.poisson(np.asarray(PROGRAMME_SIZE)[kind] - 1)
    region = on.people.region[rng.integers(0, len(on.people), len(kind))]
    brand = Urns.of(goods.brands.region, goods.brands.size, len(on.regions)).draw(rng, region)
    at = period.start + rng.random(len(kind)) * (period.end - period.start)
    programme = owners(size)
    creator = _invited(rng, on, brand[programme])
    product = Urns.of(goods.products.brand, goods.products.attention, len(goods.brands.id)).draw(rng, brand[programme])
    offered = at[programme] + rng.random(len(programme)) * HOUR
    rows = {
        "kind": kind[programme],
        "programme": programme,
        "brand": brand[programme],
        "creator": creator,
        "product": product,
        "offered_at": offered,
        "partner": (kind == CAMPAIGN)[programme] & (rng.random(len(kind)) < PARTNERS_EACH)[programme],
    }
    return taken(rows, _possible(rows, on))


def _invited(rng: np.random.Generator, on: Setting, brand: Ints) -> Ints:
    """Draw a creator of the brand's region for each offer, mostly of its category; the well followed are asked more."""
    people, goods, choices = on.people, on.goods, on.choices
    tops, regions = len(TREE), int(max(people.region.max(), goods.brands.region.max())) + 1
    weight: Floats = np.power(people.followers.astype(np.float64), 0.3)
    near = Urns.of(people.region * tops + choices.home, weight, regions * tops)
    far = Urns.of(people.region, weight, regions)
    group = goods.brands.region[brand] * tops + goods.brands.top[brand]
    own = (rng.random(len(brand)) < 0.75) & near.filled(group)
    return np.where(own, near.draw(rng, group), far.draw(rng, goods.brands.region[brand]))


def _possible(rows: dict[str, Any], on: Setting) -> Flags:
    """Tell which offers can be: to a creator of the brand's region who is there, before the end, once in a programme."""
    people, period = on.people, on.period
    when, who = rows["offered_at"], rows["creator"]
    there = (when >= people.joined_at[who]) & (when < people.active_to[who]) & (when < period.end - HOUR)
    _, once = np.unique(rows["programme"] * len(people) + who, return_index=True)
    first = np.zeros(len(who), dtype=np.bool_)
    first[once] = True
    return there & first


def _again(rng: np.random.Generator, before: dict[str, Any], on: Setting, programme: int) -> dict[str, Any]:
    """Return the targeted offers that brands make to creators whom they have rated well."""
    products, period = on.goods.products, on.period
    chance = sigmoid(0.4 + 1.6 * (before["rating"] - 4.0))
    back = np.flatnonzero(rng.random(len(chance)) < np.where(np.isfinite(chance), chance, 0.0))
    at = before["rated_at"][back] + (5 + rng.gamma(2.0, 7.0, len(back))) * DAY
    back, at = back[at < period.end - HOUR], at[at < period.end - HOUR]
    brand = before["brand"][back]
    return {
        "kind": np.full(len(back), TARGETED),
        "programme": programme + np.arange(len(back)),
        "brand": brand,
        "creator": before["creator"][back],
        "product": Urns.of(products.brand, products.attention, len(on.goods.brands.id)).draw(rng, brand),
        "offered_at": at,
        "partner": np.zeros(len(back), dtype=np.bool_),
    }


def _outcome(rng: np.random.Generator, rows: dict[str, Any], on: Setting) -> dict[str, Any]:
    """Add to offers what became of them by the end: `people.responsiveness` moves the answer, `people.reliability` all after it."""
    people, period = on.people, on.period
    who, count = rows["creator"], len(rows["creator"])
    keen = people.responsiveness[who]
    offered = rows["offered_at"]
    delay = ANSWER_HOURS * HOUR * np.exp(-0.6 * keen + 0.9 * rng.standard_normal(count))
    answers = (rng.random(count) < sigmoid(ANSWER_LOGIT + ANSWER_SPREAD * keen)) & (delay < OFFER_DAYS * DAY)
    answered = _known(offered + delay, answers & (offered + delay < people.active_to[who]), period)
    accepted = np.isfinite(answered) & (rng.random(count) < sigmoid(np.full(count, float(ACCEPT_LOGIT))))
    done = _delivery(rng, rows, accepted, answered, on)
    return (
        rows
        | done
        | {
            "ends_at": np.floor(offered + OFFER_DAYS * DAY),
            "answered_at": answered,
            "accepted": accepted,
            **_rating(rng, rows, done, on),
            **_terms(rng, rows, on),
        }
    )


def _delivery(rng: np.random.Generator, rows: dict[str, Any], accepted: Flags, answered: Floats, on: Setting) -> dict[str, Floats]:
    """Return when samples moved, when content was due and when it came; the reliable come before it is due."""
    people, period = on.people, on.period
    who, count = rows["creator"], len(answered)
    keen = people.reliability[who]
    sample = rows["kind"] == SAMPLE
    approved = _known(answered + (0.5 + rng.gamma(2.0, 0.6, count)) * DAY, accepted & sample, period)
    arrived = _known(approved + (2 + rng.gamma(2.0, 1.5, count)) * DAY, np.isfinite(approved), period)
    begun = np.where(sample, arrived, answered)
    due = np.where(accepted, np.where(sample, approved + 21 * DAY, answered + 21 * DAY), np.nan)
    due = np.where(sample & np.isfinite(arrived), arrived + 14 * DAY, due)
    late = (-4.0 - 2.5 * keen + 4.0 * rng.standard_normal(count)) * DAY
    when = np.maximum(due + late, begun + (0.5 + 1.5 * rng.random(count)) * DAY)
    delivers = accepted & (rng.random(count) < sigmoid(DELIVER_LOGIT + DELIVER_SPREAD * keen)) & (when < people.active_to[who] + 7 * DAY)
    delivered = _known(when, delivers, period)
    return {"approved_at": approved, "sample_at": arrived, "due_at": np.floor(due), "delivered_at": delivered}


def _rating(rng: np.random.Generator, rows: dict[str, Any], done: dict[str, Floats], on: Setting) -> dict[str, Floats]:
    """Rate four in five deliveries in half stars: reliability most, then sales, less for what came late."""
    people, goods, delivered, due = on.people, on.goods, done["delivered_at"], done["due_at"]
    who, count = rows["creator"], len(delivered)
    worth = 3.7 + 0.45 * people.reliability[who] + 0.2 * people.ability[who] / ABILITY_SPREAD
    worth = worth + goods.brands.rating_bias[rows["brand"]] - 0.5 * (delivered > due) + 0.45 * rng.standard_normal(count)
    rated = _known(delivered + (1 + rng.gamma(2.0, 2.5, count)) * DAY, rng.random(count) < 0.8, on.period)
    return {"rated_at": rated, "rating": np.where(np.isfinite(rated), np.clip(np.round(worth * 2) / 2, 1.0, 5.0), np.nan)}


def _terms(rng: np.random.Generator, rows: dict[str, Any], on: Setting) -> dict[str, Floats]:
    """Return commission and, where a fee is paid, its amount in dollars."""
    people, goods = on.people, on.goods
    count = len(rows["creator"])
    commission = rounded(goods.products.commission[rows["product"]] + np.array([0.0, 0.02, 0.05])[rng.integers(0, 3, count)], 4)
    paid = (rows["kind"] == CAMPAIGN) | ((rows["kind"] == TARGETED) & (rng.random(count) < 0.25))
    fee = 2.0 * np.sqrt(people.followers[rows["creator"]]) * np.exp(0.3 * rng.standard_normal(count))
    return {"commission": commission, "fee": np.where(paid, np.maximum(np.round(fee / 5) * 5, 10.0), np.nan)}


def _known(when: Floats, happens: Flags, period: Period) -> Floats:
    """Return whole seconds where a thing happens before the end, NaN elsewhere."""
    return np.where(happens & (when < period.end), np.floor(when), np.nan)
