"""The one door to pyarrow, which ships no types: what comes through is `Any`, so that strictness holds elsewhere."""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final, TypeAlias

pa: Final[Any] = import_module("pyarrow")
pc: Final[Any] = import_module("pyarrow.compute")
pq: Final[Any] = import_module("pyarrow.parquet")

Table: TypeAlias = Any
Column: TypeAlias = Any
