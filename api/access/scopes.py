"""What a narrowed key or token may still do: its scopes, beside its role."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from api.access.viewer import Scope, Viewer
from api.errors import AccessError, Forbidden

PREFIX: Final = "creatorgraph:"
"""Begins our scopes among those of a token."""


def has_scope(viewer: Viewer, scope: Scope | None) -> bool:
    """Tell whether a viewer's key or token reaches so far, as it does where none is needed; its role decides besides."""
    return viewer.scopes is None or scope is None or scope in viewer.scopes


def require_scope(viewer: Viewer, *scopes: Scope) -> None:
    """Raise Forbidden, as RFC 6750 has it, at the first scope that a viewer lacks."""
    for scope in scopes:
        if not has_scope(viewer, scope):
            raise insufficient(scope)


def insufficient(scope: Scope) -> Forbidden:
    """Return the refusal of who lacks a scope."""
    return Forbidden(
        f"this key or token lacks the scope {scope}; use one with the scope {scope} (in tokens {PREFIX}{scope}), or one without scopes",
        headers={"WWW-Authenticate": f'Bearer realm="creatorgraph", error="insufficient_scope", scope="{PREFIX}{scope}"'},
        scope=str(scope),
    )


def scopes_of(names: Iterable[str]) -> tuple[Scope, ...]:
    """Return scopes by their names, each once and in order; AccessError for a name that none has."""
    known = {str(scope) for scope in Scope}
    given = set(names)
    for name in sorted(given - known):
        raise AccessError(f"{name[:40]!r} is not a scope; use {', '.join(Scope)}")
    return tuple(scope for scope in Scope if scope in given)
