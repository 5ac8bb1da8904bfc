"""Planted responsiveness moves the answer to brands, and planted reliability all that follows."""

import numpy as np

from simulation import Market
from simulation.collaborations import SAMPLE
from simulation.tables.work import ACCEPTED, DELIVERED, offer_status


def mean_by_creator(creator: np.ndarray, values: np.ndarray, size: int) -> np.ndarray:
    """Return the mean of each creator's values, NaN for fewer than three."""
    count = np.bincount(creator, minlength=size)
    total = np.bincount(creator, weights=values, minlength=size)
    return np.where(count >= 3, total / np.maximum(count, 1), np.nan)


def correlation(made: Market, trait: str, kept: np.ndarray, values: np.ndarray) -> float:
    """Return how a planted trait and a creator's mean of `values` go together."""
    people = made.world.people
    mean = mean_by_creator(made.world.offers.creator[kept], values[kept].astype(np.float64), len(people))
    known = np.isfinite(mean)
    return float(np.corrcoef(getattr(people, trait)[known], mean[known])[0, 1])


def test_the_responsive_answer_more_and_sooner(made: Market) -> None:
    work, end = made.world.offers, made.world.period.end
    over = work.ends_at < end
    answered = np.isfinite(work.answered_at)
    assert correlation(made, "responsiveness", over, answered) > 0.45
    assert correlation(made, "responsiveness", answered, np.log(np.maximum(work.answered_at - work.offered_at, 1))) < -0.35


def test_the_reliable_deliver_on_time_and_are_rated_well(made: Market) -> None:
    work, end = made.world.offers, made.world.period.end
    due = work.accepted & (work.due_at < end - 10 * 86_400)
    delivered = np.isfinite(work.delivered_at)
    assert correlation(made, "reliability", due, delivered) > 0.35
    assert correlation(made, "reliability", delivered, work.delivered_at <= work.due_at) > 0.35
    assert correlation(made, "reliability", np.isfinite(work.rating), work.rating) > 0.5


def test_brands_come_back_to_those_they_rated_well(made: Market) -> None:
    work = made.world.offers
    rated = np.isfinite(work.rating)
    later = np.array(
        [
            bool(((work.creator == work.creator[i]) & (work.brand == work.brand[i]) & (work.offered_at > work.rated_at[i])).any())
            for i in np.flatnonzero(rated)[:1_500]
        ]
    )
    rating = work.rating[rated][:1_500]
    assert later[rating >= 4.5].mean() > later[rating <= 3.0].mean() + 0.25


def test_times_are_in_their_order(made: Market) -> None:
    work = made.world.offers
    with np.errstate(invalid="ignore"):
        assert not (work.answered_at < np.floor(work.offered_at)).any()
        assert not (work.delivered_at < work.answered_at).any()
        assert not (work.rated_at < work.delivered_at).any()
        assert not (work.sample_at < work.approved_at).any()
    assert np.isnan(work.approved_at[work.kind != SAMPLE]).all()


def test_what_is_delivered_is_a_post_of_that_time_showing_the_product(made: Market) -> None:
    world = made.world
    status = offer_status(world)
    assert np.isfinite(world.offers.delivered_at[status == DELIVERED]).all()
    assert not np.isfinite(world.offers.delivered_at[status == ACCEPTED]).any()
    post = np.flatnonzero(world.posts.collaboration >= 0)
    offer = world.posts.collaboration[post]
    assert sorted(offer.tolist()) == np.flatnonzero(status == DELIVERED).tolist()
    assert (world.posts.at[post] == world.offers.delivered_at[offer]).all()
    slot = np.searchsorted(world.slots.post, post)
    assert (world.slots.product[slot] == world.offers.product[offer]).all()


def test_states_are_kept_with_the_time_at_which_they_were_seen(made: Market) -> None:
    for row in made["collaborations"].slice(0, 3_000).to_pylist():
        assert row["seen_at"] == sorted(row["seen_at"])
        assert row["statuses"][-1] == row["status"]
