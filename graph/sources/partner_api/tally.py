"""What was ignored or not known while responses were read, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeAlias, cast

from graph.rows import Note

# A hostile or broken export could name millions of fields; beyond this many they are counted together.
DISTINCT: Final = 500

Fields: TypeAlias = Mapping[str, "Fields | None"]


def declared(text: str) -> Fields:
    """Read a declaration of fields: `id price(amount currency) skus(id)` → `{id: None, price: {…}, skus: {…}}`."""
    tokens = iter(text.replace("(", " ( ").replace(")", " ) ").split())
    return _level(tokens)


def _level(tokens: Iterator[str]) -> dict[str, Fields | None]:
    fields: dict[str, Fields | None] = {}
    name = ""
    for token in tokens:
        if token == ")":
            break
        if token == "(":
            fields[name] = _level(tokens)
        else:
            name = token
            fields[name] = None
    return fields


class Tally:
    """Counts of unknown fields and enum values by kind and subject; bounded in size."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()

    def add(self, kind: str, subject: str) -> None:
        """Count one more of `subject`."""
        key = (kind, subject)
        if key not in self._counts and len(self._counts) >= DISTINCT:
            key = (kind, "others")
        self._counts[key] += 1

    def unknown_fields(self, value: object, fields: Fields, prefix: str) -> None:
        """Count the fields of a JSON value that `fields` does not declare."""
        if isinstance(value, list):
            for each in cast("list[object]", value):
                if isinstance(each, dict):
                    self.unknown_fields(cast("object", each), fields, prefix)
        elif isinstance(value, dict):
            for name, below in cast("dict[str, Any]", value).items():
                known = fields.get(name, ...)
                if known is ...:
                    self.add("unknown field", f"{prefix}.{name[:80]}")
                elif known is not None:
                    self.unknown_fields(below, known, f"{prefix}.{name}")

    def notes(self) -> Iterator[Note]:
        """Yield one note for each subject, in order."""
        for (kind, subject), count in sorted(self._counts.items()):
            yield Note(kind, subject, count=count)
