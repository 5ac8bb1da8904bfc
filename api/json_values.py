"""What JSON holds, told apart for the type checker: `isinstance` alone leaves the parts of a list or an object unknown."""

from __future__ import annotations

from typing import Any, TypeGuard


def is_object(value: object) -> TypeGuard[dict[str, Any]]:
    """Return whether a value that JSON held is an object; its names are texts then."""
    return isinstance(value, dict)


def is_list(value: object) -> TypeGuard[list[Any]]:
    """Return whether a value that JSON held is a list."""
    return isinstance(value, list)
