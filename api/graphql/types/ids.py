"""Global ids: a type's name and the node's own id."""

from __future__ import annotations

from api.errors import BadUserInput
from graph.plans.values import split_id


def encode(label: str, own_id: str) -> str:
    """Return the global id of a node."""
    return f"{label}:{own_id}"


def decode(value: str) -> tuple[str, str]:
    """Return label and own id; BadUserInput for what is no global id."""
    label, own_id = split_id(value)
    if label is None:
        raise BadUserInput(f"{value!r} is not a global id; give an `id` that the API returned, such as Creator:7494…")
    return label, own_id
