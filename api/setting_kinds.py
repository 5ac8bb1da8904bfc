"""What settings may hold, each kind with the rule that a refusal names."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Kind:
    """What a variable may hold: `parse` raises ValueError for anything but what `rule` says."""

    rule: str
    parse: Callable[[str], Any]


def whole(low: int, high: int) -> Kind:
    """Return the kind of whole numbers within bounds, both included."""

    def parse(text: str) -> int:
        number = int(text.replace("_", ""))
        if not low <= number <= high:
            raise ValueError
        return number

    return Kind(f"a whole number from {low:,} to {high:,}", parse)


def number(low: float, high: float) -> Kind:
    """Return the kind of numbers within bounds."""

    def parse(text: str) -> float:
        value = float(text)
        if not low <= value <= high:
            raise ValueError
        return value

    return Kind(f"a number from {low:g} to {high:g}", parse)


def one_of(*words: str) -> Kind:
    """Return the kind of a few words, in any case."""

    def parse(text: str) -> str:
        if text.lower() not in words:
            raise ValueError
        return text.lower()

    return Kind("one of " + ", ".join(words), parse)


def matching(pattern: str, rule: str) -> Kind:
    """Return the kind of texts that match `pattern` from end to end."""

    def parse(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise ValueError
        return text

    return Kind(rule, parse)


def listed(pattern: str, rule: str) -> Kind:
    """Return the kind of lists, separated by commas, of texts that match `pattern` from end to end."""
    each = matching(pattern, rule)
    return Kind(f"{rule}, several separated by commas", lambda text: tuple(each.parse(part.strip()) for part in text.split(",")))


def some_of(*words: str, default: tuple[str, ...]) -> Kind:
    """Return the kind of sets of words, in any case; `true` stands for `default`, and `false` for none."""

    def parse(text: str) -> frozenset[str]:
        if text.lower() in {"true", "false"}:
            return frozenset(default) if text.lower() == "true" else frozenset()
        given = frozenset(part.strip() for part in text.lower().split(","))
        if not given <= set(words):
            raise ValueError
        return given

    return Kind(f"true, false, or any of {', '.join(words)}, separated by commas", parse)


def paths(rule: str) -> Kind:
    """Return the kind of lists of paths, separated by commas."""

    def parse(text: str) -> tuple[Path, ...]:
        return tuple(Path(part.strip()).expanduser().absolute() for part in text.split(",") if part.strip())

    return Kind(f"{rule}, several separated by commas", parse)


FOLDER: Final = Kind("a folder's path", lambda text: Path(text).expanduser().absolute())
TEXT: Final = Kind("any text", str)
HOST: Final = matching(r"[A-Za-z0-9.:_-]+", "a host name or an address")
URI: Final = matching(r"(bolt|neo4j)(\+s|\+ssc)?://\S+", "bolt://… or neo4j://…, with +s for TLS")
ISSUER: Final = matching(
    r"https://[^\s?#]+|http://(127\.0\.0\.1|localhost|\[::1\])(:\d+)?(/[^\s?#]*)?",
    "an https address without query, such as https://login.example.org/realms/one; http only on loopback",
)
SWITCH: Final = Kind("true or false", lambda text: one_of("true", "false").parse(text) == "true")
