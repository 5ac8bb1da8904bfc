"""What bounds a list: ranges whose ends are in order, and lists of which a value has to be one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from graph.plans.errors import InvalidValue
from graph.plans.inputs import Convert, Inputs
from graph.plans.writer import Row

SCORES: Final = (0.0, 100.0)
TIMES: Final = (("from", "to"), ("since", "until"))
"""What the ends of a range of instants are called."""


@dataclass(frozen=True, slots=True)
class Range:
    """An argument with a lower and an upper end, either of which may be left out."""

    argument: str
    low: str = "min"
    high: str = "max"
    convert: Convert | None = None
    shown: Callable[[Any], str] = "{:g}".format

    def predicates(self, expression: str, value: Mapping[str, Any], row: Row) -> list[str]:
        """Return what keeps an expression within the ends that are given; ends the wrong way round are an error of the request."""
        ends = [value.get(self.low), value.get(self.high)]
        signs = zip((">=", "<="), ends, (0, 1), strict=True)
        return [f"{expression} {sign} {row.writer.bind(ends, _End(self, place))}" for sign, end, place in signs if end is not None]


@dataclass(frozen=True, slots=True)
class _End:
    """Makes one end of both, once they are known to be in order."""

    range: Range
    place: int

    def __call__(self, ends: Any, inputs: Inputs) -> Any:
        of = self.range
        low, high = (of.convert(end, inputs) if of.convert else end for end in ends)
        check_order(of.argument, (of.low, of.high), low, high, shown=of.shown)
        return (low, high)[self.place]


def check_order(argument: str, ends: tuple[str, str], low: Any, high: Any, *, shown: Callable[[Any], str] = "{:g}".format) -> None:
    """Raise InvalidValue where the lower end of a range is above the upper one: nothing lies between."""
    if low is not None and high is not None and low > high:
        word = "after" if ends in TIMES else "above"
        raise InvalidValue(f"{argument}: {ends[0]} {shown(low)} is {word} {ends[1]} {shown(high)}; swap them")


def one_of(argument: str, value: object) -> None:
    """Raise InvalidValue for an empty list where a value has to be one of the list: nothing matches it."""
    if isinstance(value, Sequence) and not isinstance(value, str) and not value:
        raise InvalidValue(f"{argument} is an empty list, which nothing matches; omit it to match all, or list at least one value")


def seconds(value: Any, _inputs: Inputs) -> int | None:
    """Return a time as Unix seconds."""
    return None if value is None else int(value)


def score(value: Any, _inputs: Inputs) -> float | None:
    """Return the bound of a score; InvalidValue for one that no score can reach."""
    if value is not None and not SCORES[0] <= value <= SCORES[1]:
        raise InvalidValue(f"filter.score: {value:g} is not a score; give a bound from 0 to 100")
    return value


def lowered(values: Any, _inputs: Inputs) -> list[str]:
    """Return texts as they are compared without case."""
    return [str(value).strip().lower() for value in values]
