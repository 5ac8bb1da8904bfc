"""A node's direction: its name alone decides it, and different ones are at right angles."""

import numpy as np

from scoring.similarity.projection import directions, unit


def test_a_node_has_the_same_direction_wherever_it_stands() -> None:
    many = directions("creator", ["a", "b", "c"], 128)
    assert directions("creator", ["c"], 128).tobytes() == many[2].tobytes()
    assert directions("brand", ["c"], 128).tobytes() != many[2].tobytes()
    assert (many.shape, many.dtype) == ((3, 128), np.float32)


def test_directions_are_of_length_one_and_at_right_angles_on_average() -> None:
    rows = directions("creator", [str(n) for n in range(400)], 128).astype(np.float64)
    products = rows @ rows.T
    assert abs(np.diag(products).mean() - 1) < 0.02
    others = products[~np.eye(400, dtype=bool)]
    assert abs(others.mean()) < 0.005
    assert abs(others.std() - 1 / np.sqrt(128)) < 0.01


def test_rows_of_zeros_stay() -> None:
    rows = unit(np.array([[3.0, 4.0], [0.0, 0.0]], dtype=np.float32))
    assert np.allclose(rows, [[0.6, 0.8], [0.0, 0.0]])
    assert unit(np.zeros((0, 4), dtype=np.float32)).shape == (0, 4)
