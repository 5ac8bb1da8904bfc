"""What can be wrong with what is read.

SourceError
├── BadValue         one value breaks a rule: becomes a reject
├── BadMapping       a mapping file cannot be used
├── UnknownKind      a folder holds nothing that can be read
└── RateUnknown      no exchange rate for a currency on a day
"""

from __future__ import annotations

from typing import cast

from graph.errors import GraphError
from graph.wording import counted


class SourceError(GraphError):
    """The root of every error about what is read."""


class BadValue(SourceError):
    """A value breaks a rule of its column; says which, and how to mend it.

    `row` is the whole text of a row that could not be taken apart, so that it can be corrected.
    """

    def __init__(self, value: object, rule: str, remedy: str, *, column: str = "", row: str = "") -> None:
        self.value = shown(value)
        self.rule = _valid(rule)  # a rule may quote a part of the value
        self.remedy = _valid(remedy)
        super().__init__(f"{self.value}: {self.rule}; {self.remedy}")
        self.column = column
        self.row = row

    def at(self, column: str) -> BadValue:
        """Return the same fault, said of `column`; a column already named is kept, below it."""
        below = f"{column}.{self.column}" if self.column else column
        return BadValue(self.value, self.rule, self.remedy, column=below, row=self.row)


class BadMapping(SourceError):
    """A mapping file says something that cannot be followed."""


class UnknownKind(SourceError):
    """A folder holds neither an owner file nor a table."""

    def __init__(self, place: object, rule: str, remedy: str) -> None:
        super().__init__(f"{place}: {rule}; {remedy}")
        self.place = str(place)
        self.rule = rule
        self.remedy = remedy


class RateUnknown(SourceError):
    """No exchange rate holds for a currency on a day."""


def _valid(text: str) -> str:
    """Return a text as valid Unicode: broken bytes and half characters as question marks."""
    return text.encode("utf-8", "replace").decode()


def shown(value: object) -> str:
    """Return a value as a message shows it: on one line, at most 200 characters."""
    if isinstance(value, dict):  # may be nested deeper than it can be printed
        value = f"an object with {counted(len(cast('dict[str, object]', value)), 'field')}"
    elif isinstance(value, list):
        value = f"a list with {counted(len(cast('list[object]', value)), 'item')}"
    elif value is None or isinstance(value, bool):
        value = "null" if value is None else str(value).lower()
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    text = " ".join(text.encode("utf-8", "replace").decode().split())
    return text if len(text) <= 200 else f"{text[:199]}…"
