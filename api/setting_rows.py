"""What a row of the table of settings is."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from api.errors import ApiError
from api.setting_kinds import Kind

UNSET: Final = "unset"
NONE: Final[tuple[Any, ...]] = (None, (), frozenset[str]())
"""Defaults that hold nothing."""


class SettingRefused(ApiError):
    """A variable holds what it may not."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table."""

    name: str
    env: str
    kind: Kind
    default: Any
    description: str
    secret: bool = False

    @property
    def shown_default(self) -> str:
        """The default as documents show it, the same on every machine."""
        if isinstance(self.default, Path):
            return f"the platform's user {'cache' if self.name == 'cache' else 'data'} folder"
        if isinstance(self.default, bool):
            return str(self.default).lower()
        return UNSET if self.default in NONE else str(self.default)


def of(env: str, kind: Kind, default: Any, description: str, *, secret: bool = False) -> Any:
    """Declare one setting; the type of the field is for readers, `kind` is what is checked."""
    return field(default=default, metadata={"env": env, "kind": kind, "description": description, "secret": secret})
