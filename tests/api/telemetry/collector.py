"""A collector on loopback that decodes what it is sent (OTLP over HTTP), and answers as it is told."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from time import monotonic, sleep
from typing import Any

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from tests.listening import Silent, listening

SECONDS = 30


@dataclass(frozen=True)
class Sent:
    """One span as it arrived."""

    name: str
    trace: str
    id: str
    parent: str
    attributes: dict[str, Any]
    failed: bool


@dataclass
class Collector:
    """What arrived, and what is answered."""

    url: str = ""
    spans: list[Sent] = field(default_factory=list)
    resource: dict[str, Any] = field(default_factory=dict)
    status: int = 200
    delay: float = 0.0
    requests: int = 0

    def until(self, condition: Callable[[list[Sent]], bool]) -> list[Sent]:
        """Wait for spans, and return all that arrived."""
        end = monotonic() + SECONDS
        while not condition(list(self.spans)):
            assert monotonic() < end, [each.name for each in self.spans]
            sleep(0.05)
        return list(self.spans)

    def take(self, body: bytes) -> None:
        for each in ExportTraceServiceRequest.FromString(body).resource_spans:
            self.resource = {pair.key: _value(pair.value) for pair in each.resource.attributes}
            for span in (span for scope in each.scope_spans for span in scope.spans):
                attributes = {pair.key: _value(pair.value) for pair in span.attributes}
                ids = span.trace_id.hex(), span.span_id.hex(), span.parent_span_id.hex()
                self.spans.append(Sent(span.name, *ids, attributes, span.status.code == 2))


def _value(value: Any) -> Any:
    return getattr(value, value.WhichOneof("value"))


@contextmanager
def collecting() -> Iterator[Collector]:
    """Listen within the block."""
    collector = Collector()

    class Handler(Silent, BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            collector.requests += 1
            sleep(collector.delay)
            if collector.status == 200:
                collector.take(gzip.decompress(body) if self.headers.get("content-encoding") == "gzip" else body)
            self.send_response(collector.status)
            self.send_header("content-length", "0")
            self.end_headers()

    with listening(Handler) as url:
        collector.url = url
        yield collector
