"""Spans that are kept in memory, as tests look at them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from api.telemetry.exporting import recorded


@dataclass(frozen=True)
class Kept:
    """The spans that have ended so far."""

    exporter: InMemorySpanExporter

    def clear(self) -> None:
        """Forget them."""
        self.exporter.clear()

    def __iter__(self) -> Iterator[ReadableSpan]:
        return iter(self.exporter.get_finished_spans())

    def named(self, name: str) -> list[ReadableSpan]:
        return [each for each in self if each.name == name]

    def one(self, name: str) -> ReadableSpan:
        (found,) = self.named(name)
        return found

    def path(self, span: ReadableSpan) -> list[str]:
        """Return the names from the root down to a span."""
        by_id = {each.context.span_id: each for each in self if each.context}
        names = [span.name]
        while span.parent is not None and (above := by_id.get(span.parent.span_id)) is not None:
            span = above
            names.append(span.name)
        return names[::-1]

    def of_database(self) -> list[ReadableSpan]:
        return [each for each in self if "db.system.name" in told(each)]

    def traces(self) -> set[int]:
        return {each.context.trace_id for each in self if each.context}


def told(span: ReadableSpan) -> dict[str, Any]:
    """Return a span's attributes."""
    return dict(span.attributes or {})


def names(spans: Sequence[ReadableSpan]) -> list[str]:
    return [each.name for each in spans]


@contextmanager
def kept(*, trusts_callers: bool = False) -> Iterator[Kept]:
    """Record into memory within the block."""
    exporter = InMemorySpanExporter()
    with recorded(SimpleSpanProcessor(exporter), trusts_callers=trusts_callers):
        yield Kept(exporter)
