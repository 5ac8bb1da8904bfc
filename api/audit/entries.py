"""What an entry of the audit log says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any, Final, Self

import orjson

from api.access.viewer import Role, Viewer


class Channel(StrEnum):
    """By which way something was shown."""

    GRAPHQL = "graphql"
    SUBSCRIPTION = "subscription"
    WEBHOOK = "webhook"
    MCP = "mcp"
    CYPHER = "cypher"
    EXPORT = "export"
    LOG = "log"


@dataclass(frozen=True, slots=True, eq=False)
class Showing:
    """What one answer showed: by which operation, and of which creators (own ids).

    `creators` is None where nobody can say whom a free query or a whole export showed; `text` then says what was asked for. Two
    showings are the same only if they are one: that of an answer which is given again.
    """

    channel: Channel
    operation: str
    document: str
    creators: tuple[str, ...] | None
    text: str | None = None


def free(channel: Channel, operation: str, text: str) -> Showing:
    """Return the showing of what may be about any creator within the key's bounds."""
    kept = text.encode(errors="replace").decode()
    return Showing(channel, operation, digest(kept), None, kept)


def digest(text: str) -> str:
    """Return the hash that names a document, here as with clients and in manifests: SHA-256 in hexadecimal."""
    return sha256(text.encode(errors="surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Entry:
    """One answer, or `times` the same kept answer to the same key within a moment.

    `creators` are pseudonyms; None means any creator. `part` numbers the entries of one answer that one cannot hold.
    """

    at: int
    key: str
    role: str
    channel: str
    operation: str
    document: str
    creators: tuple[str, ...] | None
    times: int = 1
    part: int = 0

    @classmethod
    def of(cls, viewer: Viewer, showing: Showing, at: int, *, times: int = 1) -> Self:
        """Return the entry that a showing makes, without pseudonyms yet."""
        creators = None if showing.creators is None else ()
        return cls(at, viewer.key_id, str(viewer.role), str(showing.channel), showing.operation, showing.document, creators, times)

    @classmethod
    def read(cls, text: bytes) -> Self:
        """Return the entry that a text writes; ValueError or TypeError for anything else."""
        values: dict[str, Any] = orjson.loads(text)
        values["creators"] = None if values["creators"] is None else tuple(values["creators"])
        return cls(**values)

    @property
    def text(self) -> bytes:
        """The entry as the log holds it."""
        values = {name: getattr(self, name) for name in ("at", "key", "role", "channel", "operation", "document", "creators")}
        more = {name: value for name, value, usual in (("times", self.times, 1), ("part", self.part, 0)) if value != usual}
        return orjson.dumps(values | more)


SYSTEM: Final = Viewer("", "creatorgraph", Role.ADMIN)
"""Who writes what no key has asked for."""
