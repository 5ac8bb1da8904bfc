"""Components of the creator-product graph."""

import numpy as np

from scoring.ability import Slots
from scoring.ability.connections import connections

# 0 and 1 share product 0; 2 and 3 share product 1, 3 and 4 product 2; 5 stands alone with product 3; 6 shows nothing
SLOTS = Slots.of(
    creator=np.array([0, 1, 2, 3, 3, 4, 5]), product=np.array([0, 0, 1, 1, 2, 2, 3]), orders=np.ones(7), log_exposure=np.zeros(7)
)


def test_components_are_numbered_from_the_largest():
    found = connections(SLOTS, creators=7, products=4)
    assert found.component.tolist() == [1, 1, 0, 0, 0, 2, -1]
    assert found.creators.tolist() == [3, 2, 1]


def test_creators_are_comparable_within_a_component_only():
    found = connections(SLOTS, creators=7, products=4)
    assert found.comparable(np.array([0, 0, 6]), np.array([1, 2, 6])).tolist() == [True, False, False]


def test_apart_is_who_stands_outside_the_main_component_of_its_peers():
    found = connections(SLOTS, creators=7, products=4)
    assert found.apart(np.zeros(7, dtype=np.int64)).tolist() == [True, True, False, False, False, True, False]
    assert found.apart(np.array([1, 1, 0, 0, 0, 1, 1])).tolist() == [False, False, False, False, False, True, False]
