"""Who asks."""

# Enums and connections are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

import strawberry

from api.graphql.types.enums import ViewerRole
from api.graphql.types.fields import planned
from api.graphql.types.nouns import BrandRef, CreatorRef


@strawberry.type(description="The holder of your access key.")
class Viewer:
    """Bounds of what you may see."""

    name: str = planned("Name given to the key.")
    role: ViewerRole = planned("Your role.")
    regions: list[str] = planned("Regions granted; `*` for all. Empty for roles that need none.")
    brands: list[BrandRef] = planned("Your own brand, or your clients' brands; empty for other roles.")
    creator: CreatorRef | None = planned("The creator who holds the key; null for other roles.")
