"""Slots: sorted, each key once."""

import numpy as np

from scoring.ability import Slots


def test_rows_of_one_key_are_added_up():
    slots = Slots.of(
        creator=np.array([1, 0, 1]),
        product=np.array([0, 0, 0]),
        post=np.array([5, 4, 5]),
        orders=np.array([2, 1, 3]),
        log_exposure=np.log([10.0, 7.0, 30.0]),
    )
    assert slots.creator.tolist() == [0, 1]
    assert slots.orders.tolist() == [1.0, 5.0]
    assert np.allclose(np.exp(slots.log_exposure), [7.0, 40.0])


def test_rows_without_exposure_or_product_are_left_out():
    slots = Slots.of(
        creator=np.array([0, 0, -1]), product=np.array([0, -1, 0]), orders=np.ones(3), log_exposure=np.array([np.nan, 0.0, 0.0])
    )
    assert len(slots) == 0


def test_a_post_is_a_group_and_a_row_without_a_post_one_of_its_own():
    slots = Slots.of(
        creator=np.zeros(5, int), product=np.arange(5), post=np.array([7, 7, -1, -1, 9]), orders=np.ones(5), log_exposure=np.zeros(5)
    )
    assert slots.post.tolist() == [-1, -1, 7, 7, 9]
    assert slots.group.tolist() == [0, 1, 2, 2, 3]
