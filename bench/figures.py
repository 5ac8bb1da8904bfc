"""What a benchmark measures, and whether it keeps its promise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number. `at_most` or `at_least` is the promise it is held to; None where it is only reported."""

    name: str
    value: float
    unit: str
    at_most: float | None = None
    at_least: float | None = None

    @property
    def kept(self) -> bool:
        """Whether the promise holds; true where there is none."""
        return (self.at_most is None or self.value <= self.at_most) and (self.at_least is None or self.value >= self.at_least)

    @property
    def promise(self) -> str:
        """The promise in words; empty where there is none."""
        if self.at_most is not None:
            return f"at most {number(self.at_most)}"
        return f"at least {number(self.at_least)}" if self.at_least is not None else ""

    @property
    def verdict(self) -> str:
        """Whether the promise was kept, in a word; empty where there is none."""
        if not self.promise:
            return ""
        return "yes" if self.kept else "**no**"


@dataclass(frozen=True, slots=True)
class Report:
    """One benchmark's figures under a heading, with what was compared to what."""

    title: str
    method: str
    figures: Sequence[Figure]


def number(value: float) -> str:
    """Three significant digits, without an exponent."""
    if value and abs(value) < 0.001:
        return f"{value:.1e}"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def table(report: Report) -> str:
    """Return a report as Markdown."""
    rows = "\n".join(f"| {each.name} | {number(each.value)} {each.unit} | {each.promise} | {each.verdict} |" for each in report.figures)
    return f"## {report.title}\n\n{report.method}\n\n| | measured | promised | kept |\n|---|---|---|---|\n{rows}\n"
