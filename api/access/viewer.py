"""Who is asking."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """The five kinds of users."""

    ADMIN = "admin"
    ANALYST = "analyst"
    PARTNER = "partner"
    BRAND = "brand"
    CREATOR = "creator"


class Scope(StrEnum):
    """To what a key or token can be narrowed; without any, it may do all that its role may."""

    READ = "read"
    WRITE = "write"
    CYPHER = "cypher"
    EXPORT = "export"
    EVENTS = "events"
    MCP = "mcp"
    METRICS = "metrics"


@dataclass(frozen=True, slots=True)
class Viewer:
    """The holder of a key, or of an identity provider's token: its role, and what the role is bounded to.

    `key_id` is the key's id, or that of the token's account. `regions` are those granted (`*` for all); `brands` a brand's own, or a
    partner's clients; `creator` a creator's own id. `first_key` is the key that this one continues after rotations; None for one of its
    own. What is answered to an `unseen` one is thrown away, as in a warm-up, and so shown to nobody. `scopes` is None where nothing
    narrows it; `budget` (cost a minute) and `requests_at_once` are None where the settings' hold.
    """

    key_id: str
    name: str
    role: Role
    regions: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    creator: str | None = None
    first_key: str | None = None
    unseen: bool = False
    scopes: tuple[Scope, ...] | None = None
    budget: int | None = None
    requests_at_once: int | None = None

    @property
    def account(self) -> str:
        """To whom belongs what outlasts a key, such as webhooks: the id of the first key, which every rotation goes on with."""
        return self.first_key or self.key_id
