"""What `viewer` answers of the key or token that a request came with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.access.viewer import Viewer
from api.settings import Settings


def viewer_values(viewer: Viewer, settings: Settings) -> Mapping[str, Any]:
    """Return the values by field, each limit that of the key's own where it has one."""
    return {
        "name": viewer.name,
        "role": viewer.role.name,
        "regions": list(viewer.regions),
        "scopes": None if viewer.scopes is None else [each.name for each in viewer.scopes],
        "costBudget": settings.cost_budget if viewer.budget is None else viewer.budget,
        "requestsAtOnce": max(1, settings.requests_at_once // 4) if viewer.requests_at_once is None else viewer.requests_at_once,
    }
