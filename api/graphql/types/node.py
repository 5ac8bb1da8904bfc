"""What all nodes have."""

from __future__ import annotations

import strawberry

from api.graphql.types.scalars import Id


@strawberry.interface(description="An object with a global id that `node` and `nodes` can look up.")
class Node:
    """Kept opaque for clients: a type's name and the node's own id."""

    id: Id = strawberry.field(description="Global id: the type and the node's own id. Treat it as opaque text.")
