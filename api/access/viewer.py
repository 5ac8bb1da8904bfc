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


@dataclass(frozen=True, slots=True)
class Viewer:
    """The holder of a key: its role, and what the role is bounded to.

    `regions` are those granted (`*` for all); `brands` a brand's own, or a partner's clients; `creator` a creator's own id. `first_key`
    is the key that this one continues after rotations; None for one of its own. What is answered to an `unseen` one is thrown away, as
    in a warm-up, and so shown to nobody.
    """

    key_id: str
    name: str
    role: Role
    regions: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    creator: str | None = None
    first_key: str | None = None
    unseen: bool = False

    @property
    def account(self) -> str:
        """To whom belongs what outlasts a key, such as webhooks: the id of the first key, which every rotation goes on with."""
        return self.first_key or self.key_id
