"""What a check finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How bad it is: `WARN` works for now, `FAIL` does not work."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor's report; `remedy` is empty where nothing is to be mended."""

    subject: str
    level: Level
    text: str
    remedy: str = ""


def ok(subject: str, text: str) -> Finding:
    """Return a finding that needs no remedy."""
    return Finding(subject, Level.OK, text)


def warn(subject: str, text: str, remedy: str) -> Finding:
    """Return a finding that one may live with."""
    return Finding(subject, Level.WARN, text, remedy)


def fail(subject: str, text: str, remedy: str) -> Finding:
    """Return a finding that must be mended."""
    return Finding(subject, Level.FAIL, text, remedy)


def graded(level: Level, subject: str, text: str, remedy: str) -> Finding:
    """Return a finding whose level was measured; where all is well the remedy is left out."""
    return Finding(subject, level, text, "" if level is Level.OK else remedy)


def level_of(value: float, *, enough: float, least: float) -> Level:
    """Return the level of an amount of which there may be too little."""
    if value >= enough:
        return Level.OK
    return Level.WARN if value >= least else Level.FAIL
