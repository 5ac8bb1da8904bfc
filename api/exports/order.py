"""What is ordered: which export, in which format, with which options; checked before anything is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from api.errors import BadUserInput
from api.exports.creator_columns import INDICATORS, NAMES
from api.json_values import is_list, is_object
from graph.exports import FORMATS, GRAPHS
from graph.json_text import shown
from graph.model import NODES

Check = Callable[[str, Any], Any]
"""Returns an option's value as it is used; BadUserInput where it breaks the rule."""

WINDOWS: Final = (7, 28, 90)
LONGEST: Final = 100_000
PROVEN: Final = ("parquet", "jsonl")
"""Formats that `creatorgraph verify` reads: they keep every number to the last bit, and an empty text from an unknown one."""


@dataclass(frozen=True, slots=True)
class Order:
    """One export as it was asked for."""

    what: str
    format: str
    options: Mapping[str, Any] = field(default_factory=dict[str, Any])


def ordered(given: object) -> Order:
    """Return the order that a request's body holds; BadUserInput names what is wrong, and what is right."""
    if not is_object(given):
        raise BadUserInput('the body is not an object; send {"what": …, "format": …, "options": {…}}')
    for name in given.keys() - {"what", "format", "options"}:
        raise BadUserInput(f"{name[:40]!r} is not a known field; send what, format and options")
    what, kind = given.get("what"), given.get("format")
    options: object = given.get("options") or {}
    if not isinstance(what, str) or what not in OPTIONS:
        raise BadUserInput(f"what is {_shown(what)}; give one of {', '.join(OPTIONS)}")
    if not is_object(options):
        raise BadUserInput("options is not an object; omit it, or send {…}")
    return Order(what, _format(what, kind, options), _checked(what, options))


def _format(what: str, kind: object, options: Mapping[str, Any]) -> str:
    tables = what in ("scorecards", "creator", "creators") or bool(options.get("tables"))
    allowed = PROVEN if options.get("manifest") else [each for each in FORMATS if not (tables and each in GRAPHS)]
    if kind not in allowed:
        raise BadUserInput(f"format is {_shown(kind)}; give one of {', '.join(allowed)}")
    return str(kind)


def _checked(what: str, options: Mapping[str, Any]) -> dict[str, Any]:
    known = OPTIONS[what]
    for name in options.keys() - known.keys():
        raise BadUserInput(f"options.{str(name)[:40]} is not an option of {what}; its options are {', '.join(known)}")
    for one, other, remedy in APART:
        if options.get(one) and options.get(other):
            raise BadUserInput(f"options.{one} and options.{other} cannot be combined; {remedy}")
    for name in REQUIRED.get(what, ()):
        if options.get(name) is None:
            raise BadUserInput(f"options.{name} is missing; {what} needs it")
    return {name: known[name](name, value) for name, value in options.items() if value is not None}


def _kind(of: type, rule: str) -> Check:
    def check(name: str, value: Any) -> Any:
        if not isinstance(value, of) or (isinstance(value, bool) and of is not bool) or (isinstance(value, str) and len(value) > LONGEST):
            raise BadUserInput(f"options.{name} is {_shown(value)}; give {rule}")
        return value

    return check


def _between(low: int, high: int) -> Check:
    whole = _kind(int, f"a whole number from {low} to {high:,}")

    def check(name: str, value: Any) -> Any:
        if not low <= whole(name, value) <= high:
            raise BadUserInput(f"options.{name} is {value}; give a whole number from {low} to {high:,}")
        return value

    return check


def _window(name: str, value: object) -> object:
    if isinstance(value, bool) or value not in WINDOWS:
        raise BadUserInput(f"options.{name} is {_shown(value)}; give one of {', '.join(map(str, WINDOWS))}, or omit it for all time")
    return value


def _weight(name: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not value >= 0:
        raise BadUserInput(f"options.{name} is {_shown(value)}; give a number, 0 or more")
    return float(value)


def _texts(name: str, value: Any) -> list[str]:
    if not is_list(value) or not all(isinstance(each, str) and len(each) <= LONGEST for each in value):
        raise BadUserInput(f"options.{name} is {_shown(value)}; give a list of texts")
    return value


def _objects(name: str, value: Any) -> list[Any]:
    if not is_list(value) or not all(map(is_object, value)):
        raise BadUserInput(f"options.{name} is {_shown(value)}; give a list of objects")
    return value


def _some(*known: str) -> Check:
    """Return the check of a list of known words, at least one."""

    def check(name: str, value: Any) -> list[str]:
        words = _texts(name, value)
        unknown = [each for each in words if each not in known]
        if unknown or not words:
            raise BadUserInput(f"options.{name} is {_shown(unknown[0] if unknown else value)}; give some of {', '.join(known)}")
        return words

    return check


def _one(*known: str) -> Check:
    """Return the check of one of the known words."""

    def check(name: str, value: Any) -> str:
        if not isinstance(value, str) or value not in known:
            raise BadUserInput(f"options.{name} is {_shown(value)}; give one of {', '.join(known)}")
        return value

    return check


def _labels(name: str, value: Any) -> list[str]:
    known = sorted(node.label for node in NODES)
    labels = _texts(name, value)
    for label in labels:
        if label not in known:
            raise BadUserInput(f"options.{name}: {label!r} is not a label of the graph; use some of {', '.join(known)}")
    return labels


def _shown(value: object) -> str:
    return "missing" if value is None else shown(value)


_TEXT: Final = _kind(str, "a text")
_FLAG: Final = _kind(bool, "true or false")

OPTIONS: Final[Mapping[str, Mapping[str, Check]]] = {
    "graph": {"tables": _FLAG, "labels": _labels},
    "network": {
        "brand": _TEXT,
        "depth": _between(1, 3),
        "window": _window,
        "categories": _texts,
        "regions": _texts,
        "first": _between(1, 5_000),
        "minWeight": _weight,
    },
    "query": {
        "query": _TEXT,
        "parameters": _kind(dict, "an object with a value for each $name"),
        "limit": _between(1, 1_000_000_000),
        "timeoutSeconds": _between(1, 3_600),
    },
    "scorecards": {"run": _TEXT, "facts": _FLAG, "manifest": _FLAG},
    "creator": {"creator": _TEXT},
    "creators": {
        "filter": _kind(dict, "an object, as for `creators` of the API"),
        "creators": _texts,
        "sort": _objects,
        "excludeFlagged": _FLAG,
        "window": _window,
        "category": _TEXT,
        "by": _one(*INDICATORS),
        "columns": _some(*NAMES),
    },
}
"""What may be exported, each with its options."""

APART: Final = (
    ("facts", "manifest", "a manifest includes the facts, so omit options.facts"),
    ("filter", "creators", "creators who are named need no condition, so omit one of them"),
    ("tables", "labels", "the tables that an import reads are always those of the whole graph, so omit one of them"),
)
"""Pairs of options of which one leaves nothing to say for the other."""

REQUIRED: Final = {"network": ("brand",), "query": ("query",)}
