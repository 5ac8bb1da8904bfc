"""The GraphQL schema: one noun a file, put together in `assembly`."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from api.schema.assembly import core, schema, sdl

__all__ = ["core", "schema", "sdl"]

ASSEMBLED: Final = frozenset(__all__)


def __getattr__(name: str) -> Any:
    """Assemble at first use: mutations use the nouns of this package, and the schema the mutations."""
    if name in ASSEMBLED:
        return getattr(import_module("api.schema.assembly"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
