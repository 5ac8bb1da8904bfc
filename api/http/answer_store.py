"""Answers that are kept, within a budget of bytes: those of one version of the data, the least recently used dropped first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Final

from api.audit.entries import Showing
from api.http.encodings import IDENTITY, packed

LARGEST: Final = 8
"""An answer may take that part of the budget: one that is larger would cost many others their place."""
OVERHEAD: Final = 1_500
"""Bytes that an answer takes beside its own, with the headers of one encoding; measured with a thousand of them: 1,430."""
HEAD: Final = 500
"""Bytes that each further encoding takes beside its own, with its headers; measured likewise: 490."""

VARY: Final = (b"vary", b"Accept, Accept-Encoding, Authorization, Cookie")
REVALIDATED: Final = (b"cache-control", b"private, no-cache")
Pairs = tuple[tuple[bytes, bytes], ...]

PER_CREATOR: Final = 80
"""Bytes that the id of a creator takes whose scores it shows."""


@dataclass(slots=True)
class Answer:
    """An answer's bytes, in the encodings that have been asked for so far, and whose scores they show."""

    body: bytes
    media_type: bytes
    showing: Showing | None = None
    digest: str = ""
    encoded: dict[str, bytes] = field(default_factory=dict[str, bytes])
    heads: dict[str, Pairs] = field(default_factory=dict[str, Pairs])

    def __post_init__(self) -> None:
        """Name the bytes by their digest."""
        self.digest = blake2b(self.body, digest_size=16).hexdigest()
        self.encoded[IDENTITY] = self.body

    @property
    def size(self) -> int:
        """Bytes that it takes."""
        shown = len(self.showing.creators or ()) if self.showing else 0
        heads = (len(self.encoded) - 1) * HEAD
        return OVERHEAD + heads + shown * PER_CREATOR + sum(map(len, self.encoded.values()))

    def tag(self, encoding: str) -> str:
        """Return the strong entity tag of the bytes in an encoding."""
        return f'"{self.digest}"' if encoding == IDENTITY else f'"{self.digest}-{encoding}"'

    def head(self, encoding: str) -> Pairs:
        """Return the headers that name and describe the bytes in an encoding, made at its first use."""
        found = self.heads.get(encoding)
        if found is None:
            length = b"%d" % len(self.bytes_in(encoding))
            coding = () if encoding == IDENTITY else ((b"content-encoding", encoding.encode()),)
            described = ((b"content-type", self.media_type), (b"content-length", length), *coding)
            found = self.heads[encoding] = (*self.names(encoding), *described)
        return found

    def names(self, encoding: str) -> Pairs:
        """Return the headers that say which bytes these are, and for how long."""
        return ((b"etag", self.tag(encoding).encode()), REVALIDATED, VARY)

    def bytes_in(self, encoding: str) -> bytes:
        """Return the bytes in an encoding, packed at its first use."""
        if encoding not in self.encoded:
            self.encoded[encoding] = packed(self.body, encoding)
        return self.encoded[encoding]


class AnswerStore:
    """Keeps answers by what was asked; `version` is that of the data which all of them were made from."""

    def __init__(self, budget: int) -> None:
        """Keep at most `budget` bytes; none at all with 0."""
        self.budget = budget
        self.bytes = self.hits = self.misses = self.outdated = self.crowded_out = 0
        self._version: Hashable = None
        self._answers: OrderedDict[Hashable, tuple[Answer, int]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._answers)

    def at(self, version: Hashable) -> None:
        """Drop all that was made from another version."""
        if version != self._version:
            self.outdated += len(self._answers)
            self._answers.clear()
            self.bytes, self._version = 0, version

    def get(self, key: Hashable) -> Answer | None:
        """Return the answer that is kept for a key."""
        found = self._answers.get(key)
        if found is None:
            self.misses += 1
            return None
        self.hits += 1
        self._answers.move_to_end(key)
        return found[0]

    def keep(self, key: Hashable, answer: Answer, version: Hashable) -> bool:
        """Keep an answer, and tell whether it is: not one that was made from another version, and not too large a one."""
        if version is None or version != self._version:
            return False
        self.bytes -= self._answers.pop(key, (answer, 0))[1]
        if answer.size * LARGEST > self.budget:
            return False
        self._answers[key] = answer, answer.size
        self.bytes += answer.size
        while self.bytes > self.budget:
            self.bytes -= self._answers.popitem(last=False)[1][1]
            self.crowded_out += 1
        return True

    def count_anew(self, key: Hashable) -> None:
        """Count what an answer takes, which may have been packed in one more encoding."""
        if found := self._answers.get(key):
            self.keep(key, found[0], self._version)
