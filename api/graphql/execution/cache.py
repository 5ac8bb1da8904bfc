"""What is kept by key, the least recently used dropped first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Cache(Generic[Key, Value]):
    """At most `size` values; what makes one may raise, and then nothing is kept."""

    def __init__(self, size: int) -> None:
        """Start empty."""
        self._size = size
        self.hits = self.misses = 0
        self._values: OrderedDict[Key, Value] = OrderedDict()

    def of(self, key: Key, make: Callable[[], Value]) -> Value:
        """Return the value kept for a key, made at its first use."""
        if key in self._values:
            self._values.move_to_end(key)
            self.hits += 1
            return self._values[key]
        self.misses += 1
        made = self._values[key] = make()
        if len(self._values) > self._size:
            self._values.popitem(last=False)
        return made

    def __len__(self) -> int:
        return len(self._values)
