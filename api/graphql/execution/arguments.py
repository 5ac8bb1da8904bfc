"""Arguments of computed fields: ids of nodes, and how many of them."""

from __future__ import annotations

from collections.abc import Sequence

from api.errors import BadUserInput
from graph.plans.values import split_id
from graph.wording import counted


def local(name: str, value: str, kind: str) -> str:
    """Return the own id of a global one, or an own id as it is; BadUserInput for the id of anything else."""
    found, own = split_id(value)
    if found is None and value.startswith(f"{kind}:"):
        own = value.removeprefix(f"{kind}:")
    if found not in (None, kind):
        raise BadUserInput(f"{name}: {value!r} is the id of a {found}; give an id that starts with {kind}:")
    return own


def several(name: str, values: Sequence[str], kind: str, *, least: int, most: int) -> dict[str, str]:
    """Return the values by their own ids, each once; BadUserInput for too few or too many."""
    found = {local(name, value, kind): value for value in reversed(values)}
    if not least <= len(found) <= most:
        raise BadUserInput(f"{name} lists {counted(len(found), kind.lower())}; give {least} to {most}")
    return dict(reversed(found.items()))
