"""What was ignored or not known while responses were read, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from math import isfinite
from typing import Any, Final, TypeAlias, cast

from graph.exactness import EXACT
from graph.rows import Note
from graph.sources.identifiers import is_rounded

# A hostile or broken export could name millions of fields; beyond this many they are counted together.
DISTINCT: Final = 500

Fields: TypeAlias = Mapping[str, "Fields | None"]


class Level(dict[str, "Fields | None"]):
    """The declared fields of an object; `unread` are those that nothing is made of, `beyond` those that only other endpoints specify."""

    def __init__(self) -> None:
        super().__init__()
        self.unread: set[str] = set()
        self.beyond: set[str] = set()


def declared(text: str) -> Fields:
    """Read a declaration of fields: `id price(amount currency) skus(id)` → `{id: None, price: {…}, skus: {…}}`.

    `-tag` declares a field, or a group of fields, that is left unread; `+tag` one that is read where it comes, though it is not specified.
    """
    tokens = iter(text.replace("(", " ( ").replace(")", " ) ").split())
    return _level(tokens)


def _level(tokens: Iterator[str]) -> Level:
    fields = Level()
    name = ""
    for token in tokens:
        if token == ")":
            break
        if token == "(":
            fields[name] = _level(tokens)
        else:
            name = token.lstrip("+-")
            if token.startswith("+"):
                fields.beyond.add(name)
                continue
            fields[name] = None
            if token.startswith("-"):
                fields.unread.add(name)
    return fields


def large_numbers(value: object, fields: Fields, prefix: str) -> Iterator[tuple[str, float]]:
    """Yield the numbers above 2^53 in the declared fields of a JSON object, or of a list of such."""
    if isinstance(value, dict):
        for name, below in cast("dict[str, object]", value).items():
            if not isinstance(below, str) and name in fields:  # most are texts
                yield from _large(below, fields[name] or {}, f"{prefix}.{name}")
    elif isinstance(value, list):
        for each in cast("list[object]", value):
            if not isinstance(each, list):  # nested as deep as somebody likes
                yield from _large(each, fields, prefix)


def _large(value: object, fields: Fields, name: str) -> Iterable[tuple[str, float]]:
    if isinstance(value, (int, float)):
        return [(name, value)] if abs(value) > EXACT and isfinite(value) else ()
    return large_numbers(cast("object", value), fields, name) if isinstance(value, (dict, list)) else ()


class Tally:
    """Counts of unknown fields and enum values by kind and subject; bounded in size.

    `rounds` tells whether the document that is being read has large JSON numbers, all of which look rounded.
    """

    def __init__(self) -> None:
        self.rounds = False
        self._counts: Counter[tuple[str, str]] = Counter()

    def note_rounding(self, *parts: tuple[object, Fields, str]) -> None:
        """Note the JSON numbers of a document that have been rounded: those above 2^53, if it has none with all its digits.

        `parts` are the parts of the document, each with its fields and how a note begins.
        """
        large = [found for value, fields, prefix in parts for found in large_numbers(value, fields, prefix)]
        rounded = [(name, number) for name, number in large if is_rounded(number)]
        self.rounds = bool(rounded) and all(is_rounded(number) for _, number in large)
        for name, number in rounded if self.rounds else ():
            self.add("JSON number above 2^53, rounded", f"{name} = {number}")

    def add(self, kind: str, subject: str) -> None:
        """Count one more of `subject`."""
        key = (kind, subject)
        if key not in self._counts and len(self._counts) >= DISTINCT:
            key = (kind, "others")
        self._counts[key] += 1

    def unknown_fields(self, value: object, fields: Fields, prefix: str) -> None:
        """Count the fields of a JSON value that `fields` does not declare, or declares as left unread."""
        if isinstance(value, list):
            for each in cast("list[object]", value):
                if isinstance(each, dict):
                    self.unknown_fields(cast("object", each), fields, prefix)
        elif isinstance(value, dict):
            unread, beyond = (fields.unread, fields.beyond) if isinstance(fields, Level) else (set[str](), set[str]())
            told = {name: below for name, below in cast("dict[str, Any]", value).items() if name not in beyond}
            for name, below in told.items():
                known = fields.get(name, ...)
                if known is ...:
                    self.add("unknown field", f"{prefix}.{name[:80]}")
                elif name in unread:
                    if below not in (None, "", [], {}):
                        self.add("field not used", f"{prefix}.{name}")
                elif known is not None:
                    self.unknown_fields(below, known, f"{prefix}.{name}")

    def withdraw(self, value: object, fields: Fields | None, prefix: str) -> None:
        """Take back what was counted of a value's fields, once the value is rejected as a whole."""
        counted = Tally()
        counted.unknown_fields(value, fields or {}, prefix)
        for key in counted._counts.keys() & self._counts.keys() if fields is not None else ():
            self._counts[key] -= counted._counts[key]

    def notes(self) -> Iterator[Note]:
        """Yield one note for each subject, in order."""
        for (kind, subject), count in sorted((+self._counts).items()):
            yield Note(kind, subject, count=count)
