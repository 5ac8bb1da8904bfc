"""`Query._entities`: the nodes that a router has references to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, get_args

from api.errors import BadUserInput
from api.features.federation.types import Nodes
from api.graphql.execution.field_context import FieldContext
from api.graphql.types.nouns import Ref
from graph.json_text import shown
from graph.plans.values import split_id

KINDS: Final = frozenset(each.__name__ for each in get_args(Nodes))


async def entities(context: FieldContext) -> list[Ref | None]:
    """Return a reference to each node, which a plan then reads within what the viewer may see; BadUserInput for what refers to nothing."""
    return [_referred(n, each) for n, each in enumerate(context.arguments["representations"])]


def _referred(place: int, representation: Any) -> Ref | None:
    """Return the node that one representation names; None where its id is another kind's."""
    given = representation if isinstance(representation, Mapping) else {}
    kind, id_ = given.get("__typename"), given.get("id")
    if not isinstance(kind, str) or kind not in KINDS:
        raise BadUserInput(
            f"representations[{place}]: {shown(representation)} has no __typename of an entity; give one of {', '.join(sorted(KINDS))}"
        )
    if not isinstance(id_, str):
        raise BadUserInput(f'representations[{place}]: {shown(representation)} has no id; give the id as text, as in {{"id": "{kind}:…"}}')
    label, own_id = split_id(id_)
    return Ref(kind, own_id) if label in (kind, None) else None
