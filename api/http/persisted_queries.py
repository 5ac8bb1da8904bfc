"""Documents that clients named by their hash and sent once, within a budget of bytes; each key has its own.

So nobody learns from a hash what others ask. Where there is no room, the key whose documents take the most gives up the one
that it has used least recently: a key that takes less than its fair share loses nothing to others.
"""

from __future__ import annotations

import sys
from collections import OrderedDict
from typing import Final

from api.process.state import State

LARGEST: Final = 8
"""A document may take that part of the budget."""
OVERHEAD: Final = 400
"""Bytes that a document takes beside its text; measured with a thousand of them."""

Documents = OrderedDict[str, str]


class PersistedQueries:
    """Texts by key and hash; whoever has them kept has seen to it that the hash is the text's."""

    def __init__(self, budget: int) -> None:
        """Keep at most `budget` bytes; none at all with 0."""
        self.budget = budget
        self._texts: dict[str, Documents] = {}
        self._sizes: dict[str, int] = {}

    @property
    def bytes(self) -> int:
        """What all documents take."""
        return sum(self._sizes.values())

    def text(self, key_id: str, sha256: str) -> str | None:
        """Return the text that a key has sent with a hash."""
        texts = self._texts.get(key_id)
        if texts is None or sha256 not in texts:
            return None
        texts.move_to_end(sha256)
        return texts[sha256]

    def keep(self, key_id: str, sha256: str, text: str) -> None:
        """Keep a text, unless it is too large."""
        size = _size(text)
        if size * LARGEST > self.budget or self.text(key_id, sha256) is not None:
            return
        self._texts.setdefault(key_id, Documents())[sha256] = text
        self._sizes[key_id] = self._sizes.get(key_id, 0) + size
        while self.bytes > self.budget:
            self._drop_one()

    def _drop_one(self) -> None:
        largest = max(self._sizes, key=self._sizes.__getitem__)
        _, text = self._texts[largest].popitem(last=False)
        self._sizes[largest] -= _size(text)
        if not self._texts[largest]:
            del self._texts[largest], self._sizes[largest]


def _size(text: str) -> int:
    return OVERHEAD + sys.getsizeof(text)


def persisted_queries(process: State) -> PersistedQueries:
    """Return what a process keeps."""
    return process.own.of(PersistedQueries, lambda: PersistedQueries(process.settings.persisted_queries_mb * 2**20))
