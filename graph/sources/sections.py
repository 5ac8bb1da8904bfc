"""A mapping file's sections, read with errors that say where they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from graph.sources.faults import BadMapping, shown

T = TypeVar("T")


class Section:
    """A part of the file, read with errors that say where they are."""

    def __init__(self, place: str, values: dict[str, Any]) -> None:
        self.place = place
        self.values = values

    def fail(self, key: str, value: object, rule: str) -> None:
        """Raise BadMapping about a key."""
        raise BadMapping(f"{self.place}: {key} = {shown(value) or '(nothing)'}: it {rule}")

    def allow(self, *known: str) -> None:
        """Refuse keys that are not `known`."""
        for key in self.values.keys() - set(known):
            self.fail(key, self.values[key], f"is not a key of this section; its keys are {', '.join(known)}")

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text; without a default it is needed."""
        value = self.values.get(key, default)
        if not isinstance(value, str):
            self.fail(key, value, "is a text in quotes")
        return str(value)

    def texts(self, key: str, *, needed: bool = True) -> tuple[str, ...]:
        """Return a list of texts."""
        value: object = self.values.get(key, [])
        items = cast("list[object]", value) if isinstance(value, list) else [None]
        if (needed and not items) or not all(isinstance(item, str) for item in items):
            self.fail(key, items, "is a list of texts in quotes")
        return tuple(str(item) for item in items)

    def flag(self, key: str) -> bool | None:
        """Return true or false; None where it is not said."""
        value = self.values.get(key)
        if value is not None and not isinstance(value, bool):
            self.fail(key, value, "is true or false, without quotes")
        return cast("bool | None", value)

    def choice(self, key: str, read: Callable[[str], T | None], rule: str) -> T | None:
        """Return what `read` makes of a text, which breaks `rule` where that is None; None where nothing is said."""
        text = self.text(key, "")
        found = read(text) if text else None
        if text and found is None:
            self.fail(key, text, rule)
        return found

    def whole(self, key: str) -> int:
        """Return a whole number of at least 0."""
        value = self.values.get(key)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            self.fail(key, value, "is a whole number of at least 0")
        return cast("int", value)

    def section(self, key: str) -> Section:
        """Return the section called `key`."""
        value = self.values.get(key)
        if not isinstance(value, dict):
            self.fail(key, value, "is a section")
        return Section(f"{self.place} [{key}]", cast("dict[str, Any]", value))

    def sections(self, key: str) -> list[Section]:
        """Return the sections of a list, at least one."""
        value: object = self.values.get(key)
        items = cast("list[object]", value) if isinstance(value, list) else []
        if not items or not all(isinstance(item, dict) for item in items):
            self.fail(key, items, f"is a list of sections: write [[{key}]]")
        return [Section(f"{self.place} [[{key}]] {number}", cast("dict[str, Any]", each)) for number, each in enumerate(items, start=1)]
