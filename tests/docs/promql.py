"""So much of PromQL as dashboard and alerts use, evaluated over scraped samples; what it does not know it refuses."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from typing import Any, Final

import promql_parser as promql

Labels = frozenset[tuple[str, str]]
Vector = dict[Labels, float]
SAMPLE: Final = re.compile(r"^(\w+)(?:\{(.*)\})? (\S+)$", re.MULTILINE)
LABEL: Final = re.compile(r'(\w+)="([^"]*)"')
COMPARISONS: Final[Mapping[str, Callable[[float, float], bool]]] = {
    ">": lambda left, right: left > right,
    "==": lambda left, right: left == right,
}
ARITHMETIC: Final[Mapping[str, Callable[[float, float], float]]] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "/": lambda left, right: left / right if right else float("nan"),
}


@dataclass(frozen=True)
class Scrape:
    """What /metrics told at a second; a Prometheus adds the job."""

    at: float
    samples: dict[str, Vector]

    @classmethod
    def of(cls, at: float, text: str, job: str = "creatorgraph") -> Scrape:
        samples: dict[str, Vector] = {}
        for name, labels, value in SAMPLE.findall(text):
            key = frozenset([*LABEL.findall(labels), ("job", job)])
            samples.setdefault(name, {})[key] = float(value)
        return cls(at, samples)

    def having(self, name: str, value: float, **labels: str) -> Scrape:
        """Return the same with another value of the series of these labels."""
        of_name = dict(self.samples.get(name, {}))
        of_name[frozenset([*labels.items(), ("job", "creatorgraph")])] = value
        return Scrape(self.at, {**self.samples, name: of_name})

    def later(self, seconds: float) -> Scrape:
        return Scrape(self.at + seconds, self.samples)


def evaluated(expression: str, scrapes: Sequence[Scrape]) -> Vector:
    """Return an expression's value as of the last scrape."""
    found = _value(promql.parse(expression), scrapes)
    return {frozenset(): found} if isinstance(found, float) else found


def selectors(expression: str) -> list[Any]:
    """Return what an expression selects."""
    found: list[Any] = []

    def look(each: Any) -> None:
        if isinstance(each, promql.VectorSelector):
            found.append(each)
        for part in ("expr", "lhs", "rhs", "vector_selector", "param"):
            if (below := getattr(each, part, None)) is not None:
                look(below)
        for below in getattr(each, "args", None) or ():
            look(below)

    look(promql.parse(expression))
    return found


def _value(node: Any, scrapes: Sequence[Scrape]) -> Any:
    match node:
        case promql.NumberLiteral():
            return float(node.val)
        case promql.ParenExpr():
            return _value(node.expr, scrapes)
        case promql.VectorSelector():
            return _selected(node, scrapes[-1])
        case promql.AggregateExpr():
            return _summed(node, _value(node.expr, scrapes))
        case promql.Call():
            return _called(node, scrapes)
        case promql.BinaryExpr():
            return _combined(str(node.op), _value(node.lhs, scrapes), _value(node.rhs, scrapes))
        case _:
            raise NotImplementedError(type(node).__name__)


def _selected(node: Any, scrape: Scrape) -> Vector:
    def holds(labels: Mapping[str, str]) -> bool:
        return all(_matches(each, labels.get(each.name, "")) for each in node.matchers.matchers)

    return {labels: value for labels, value in scrape.samples.get(node.name, {}).items() if holds(dict(labels))}


def _matches(matcher: Any, value: str) -> bool:
    kind = str(matcher.op).rpartition(".")[2]
    same = bool(re.fullmatch(matcher.value, value)) if kind in ("Re", "NotRe") else matcher.value == value
    return same if kind in ("Re", "Equal") else not same


def _summed(node: Any, vector: Vector) -> Vector:
    assert str(node.op) == "sum", node.op
    by = set(node.modifier.labels) if node.modifier else set()
    found: Vector = {}
    for labels, value in vector.items():
        key = frozenset(pair for pair in labels if pair[0] in by)
        found[key] = found.get(key, 0.0) + value
    return found


def _called(node: Any, scrapes: Sequence[Scrape]) -> Any:
    name, arguments = node.func.name, node.args
    if name == "time":
        return scrapes[-1].at
    if name == "histogram_quantile":
        return _quantiles(arguments[0].val, _value(arguments[1], scrapes))
    first, last = (_selected(arguments[0].vector_selector, each) for each in (scrapes[0], scrapes[-1]))
    seconds = scrapes[-1].at - scrapes[0].at
    grown = {labels: value - first[labels] for labels, value in last.items() if labels in first}
    if name == "rate":
        return {labels: value / seconds for labels, value in grown.items()}
    if name == "predict_linear":
        return {labels: last[labels] + value / seconds * arguments[1].val for labels, value in grown.items()}
    assert name in ("increase", "delta"), name
    return grown


def _quantiles(share: float, vector: Vector) -> Vector:
    """Return the upper bound of the bucket that holds the quantile, without interpolation."""
    buckets: dict[Labels, list[tuple[float, float]]] = {}
    for labels, value in vector.items():
        rest = frozenset(pair for pair in labels if pair[0] != "le")
        buckets.setdefault(rest, []).append((float(dict(labels)["le"]), value))
    found: Vector = {}
    for labels, counts in buckets.items():
        counts.sort()
        total = counts[-1][1]
        found[labels] = next(bound for bound, count in counts if count >= share * total) if total else float("nan")
    return found


def _combined(op: str, left: Any, right: Any) -> Any:
    if op == "and":
        return {labels: value for labels, value in left.items() if labels in right}
    if isinstance(left, float) and isinstance(right, float):
        return ARITHMETIC[op](left, right)
    if isinstance(left, float):
        left = dict.fromkeys(right, left)
    right = dict.fromkeys(left, right) if isinstance(right, float) else right
    shared = {labels: (left[labels], right[labels]) for labels in left if labels in right}
    if op in COMPARISONS:
        return {labels: one for labels, (one, other) in shared.items() if not isnan(one) and COMPARISONS[op](one, other)}
    return {labels: ARITHMETIC[op](one, other) for labels, (one, other) in shared.items()}
