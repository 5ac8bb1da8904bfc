"""The typed parameters of a query that is kept: declared beside it, checked before it runs."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final, cast

from graph.errors import GraphError
from graph.plans.values import split_id

NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}")
LARGEST: Final = 2**63 - 1
LONGEST_LIST: Final = 10_000


class ParameterRefused(GraphError):
    """A parameter is declared or given as it may not be."""


class ParameterType(StrEnum):
    """What a parameter takes; the plural ones take lists."""

    STRING = "STRING"
    INT = "INT"
    FLOAT = "FLOAT"
    BOOLEAN = "BOOLEAN"
    DATE = "DATE"
    ID = "ID"
    STRINGS = "STRINGS"
    INTS = "INTS"
    FLOATS = "FLOATS"
    IDS = "IDS"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter; without a value the default is taken, and null where there is none, unless it is `required`.

    A number is no less than `least`, and one of `among` where there are some.
    """

    name: str
    type: ParameterType
    description: str
    default: Any = None
    required: bool = False
    least: float | None = None
    among: tuple[int, ...] = ()

    @property
    def rule(self) -> str:
        """What it takes, in words."""
        if self.among:
            return f"one of {', '.join(map(str, self.among))}"
        return RULES[self.type] if self.least is None else f"{RULES[self.type]}; {self.least} or more"

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Parameter:
        """Return the parameter that `kept`, a mapping by the names of the fields, declares; ParameterRefused where it is none."""
        found = cls(
            str(kept["name"]),
            ParameterType(kept["type"]),
            str(kept["description"]),
            kept.get("default"),
            bool(kept.get("required", False)),
        )
        found.check()
        return found

    def stored(self) -> dict[str, Any]:
        """Return the declaration as `of` reads it."""
        return {
            "name": self.name,
            "type": self.type,
            "description": self.description,
            "default": self.default,
            "required": self.required,
        }

    def check(self) -> None:
        """Raise ParameterRefused where the declaration contradicts itself."""
        if not NAME.fullmatch(self.name):
            raise ParameterRefused(f"a parameter is called {self.name!r}; a name is a letter, then letters, digits or _, 64 at most")
        if self.required and self.default is not None:
            raise ParameterRefused(f"${self.name} is required and has a default; leave out one of the two")
        self.value(self.default)

    def value(self, given: Any) -> Any:
        """Return a value as Cypher takes it; ParameterRefused where it is not of the type. Null is null for any type."""
        if given is None:
            return None
        try:
            found = CONVERTERS[self.type](given)
            if (self.least is not None and found < self.least) or (self.among and found not in self.among):
                raise ValueError
        except (TypeError, ValueError, OverflowError) as error:
            raise ParameterRefused(f"${self.name} is {_shown(given)}; it takes {self.rule}") from error
        return found


def bound(parameters: Sequence[Parameter], given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the value of each parameter, at its default where none, or null, is given; ParameterRefused names what will not do."""
    known = {each.name: each for each in parameters}
    for name in given:
        if name not in known:
            has = f"it has {', '.join(f'${each}' for each in known)}" if known else "it has none"
            raise ParameterRefused(f"this query has no parameter ${name}; {has}")
    values: dict[str, Any] = {}
    for each in parameters:
        value = each.default if given.get(each.name) is None else given[each.name]
        if value is None and each.required:
            raise ParameterRefused(f"${each.name} ({each.description.rstrip('.')}) is missing; give {each.rule}")
        values[each.name] = each.value(value)
    return values


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else f"{text[:59]}…"


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _int(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise TypeError
    if abs(number := int(value)) > LARGEST:
        raise ValueError
    return number


def _float(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise TypeError
    if not math.isfinite(number := float(value)):
        raise ValueError
    return number


def _boolean(value: Any) -> bool:
    words = {True: True, False: False, "true": True, "false": False}
    if not isinstance(value, bool | str) or value not in words:
        raise ValueError
    return words[value]


def _date(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(_string(value))


def _id(value: Any) -> str:
    return split_id(_string(value))[1]


def _list(one: Callable[[Any], Any]) -> Callable[[Any], list[Any]]:
    def many(value: Any) -> list[Any]:
        if not isinstance(value, list | tuple):
            raise TypeError
        values = cast("Sequence[Any]", value)
        if len(values) > LONGEST_LIST:
            raise ValueError
        return [one(each) for each in values]

    return many


CONVERTERS: Final[dict[ParameterType, Callable[[Any], Any]]] = {
    ParameterType.STRING: _string,
    ParameterType.INT: _int,
    ParameterType.FLOAT: _float,
    ParameterType.BOOLEAN: _boolean,
    ParameterType.DATE: _date,
    ParameterType.ID: _id,
    ParameterType.STRINGS: _list(_string),
    ParameterType.INTS: _list(_int),
    ParameterType.FLOATS: _list(_float),
    ParameterType.IDS: _list(_id),
}

_MANY: Final = f"a list of up to {LONGEST_LIST:,} "
RULES: Final[dict[ParameterType, str]] = {
    ParameterType.STRING: "a text",
    ParameterType.INT: "a whole number of up to 64 bits, or one as text",
    ParameterType.FLOAT: "a finite number, or one as text",
    ParameterType.BOOLEAN: "true or false",
    ParameterType.DATE: "a day as YYYY-MM-DD",
    ParameterType.ID: "an id as text, global (Creator:…) or own",
    ParameterType.STRINGS: f"{_MANY}texts",
    ParameterType.INTS: f"{_MANY}whole numbers",
    ParameterType.FLOATS: f"{_MANY}finite numbers",
    ParameterType.IDS: f"{_MANY}ids, global or own",
}
"""What each type takes, in words."""
