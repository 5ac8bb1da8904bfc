"""Roles by what they see, and cases of a test for each."""

from __future__ import annotations

from typing import Any, Final

import pytest

SEES_ALL: Final = ("admin", "analyst")
BOUNDED: Final = ("partner", "brand")


def by_role(*, all_: Any, bounded: Any, creator: Any) -> list[Any]:
    """Return one case a role: those who see all, those bounded to the US and to acme, and the creator ben."""
    cases = {**dict.fromkeys(SEES_ALL, all_), **dict.fromkeys(BOUNDED, bounded), "creator": creator}
    return [pytest.param(role, expected, id=role) for role, expected in cases.items()]
