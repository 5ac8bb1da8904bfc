"""Fields that no single plan holds: each is computed by one function, named here by type and field."""

from __future__ import annotations

from typing import Final

from api.computed.asking import Asking, Computed, Ref

COMPUTED: Final[dict[tuple[str, str], Computed]] = {}

__all__ = ["COMPUTED", "Asking", "Computed", "Ref"]
