"""The roles of keys, as the API names them."""

from __future__ import annotations

from enum import Enum

import strawberry


@strawberry.enum(description="What a key's holder may see and do.")
class KeyRole(Enum):
    """The five kinds of users."""

    ADMIN = strawberry.enum_value("admin", description="Sees everything; loads data, runs scoring, manages keys and appeals.")
    ANALYST = strawberry.enum_value("analyst", description="Sees everything, read-only.")
    PARTNER = strawberry.enum_value("partner", description="Creators of the regions granted, and clients' collaborations.")
    BRAND = strawberry.enum_value("brand", description="Creators of the regions granted, and own collaborations.")
    CREATOR = strawberry.enum_value("creator", description="Their own scores and events.")
