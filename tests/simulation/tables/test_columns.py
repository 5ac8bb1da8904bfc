"""Arrays as columns of declared tables."""

import numpy as np
import pyarrow as pa
import pytest

from simulation.errors import UndeclaredColumn
from simulation.tables.columns import chosen, lists, maybe, numbers, rows


def test_columns_take_the_declared_order_and_type_and_nan_is_null() -> None:
    made = rows("contents", {"views": np.array([1.0, np.nan]), "id": np.array(["a", "b"]), "kind": np.array(["VIDEO", "LIVE"])})
    assert made.column_names == ["id", "kind", "views"]
    assert made["views"].to_pylist() == [1, None]
    assert made["views"].type == pa.int64()


def test_a_column_that_the_model_does_not_know_is_refused() -> None:
    with pytest.raises(UndeclaredColumn, match=r"'mentions'.*'ability'"):
        rows("mentions", {"content_id": np.array(["1"]), "ability": np.array([0.5])})


def test_small_makers_of_arrays() -> None:
    assert chosen(["a", "b"], np.array([1, -1, 0])).to_pylist() == ["b", None, "a"]
    assert numbers(np.array([7, 8]), np.array([True, False])).to_pylist() == ["7", None]
    assert lists(pa.array([1, 2, 3]), np.array([2, 0, 1])).to_pylist() == [[1, 2], [], [3]]
    assert np.isnan(maybe(np.array([1, 2]), np.array([True, False]))).tolist() == [False, True]
