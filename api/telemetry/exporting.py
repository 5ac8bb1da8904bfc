"""Sending spans to a collector: never in the way of what they tell of, and what keeps them from it is said once."""

from __future__ import annotations

import logging
import threading
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from typing import Final

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import OTELResourceDetector, Resource
from opentelemetry.sdk.trace import ReadableSpan, SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult

from api.telemetry.driver import observed
from api.telemetry.recorder import OpenTelemetryRecorder
from graph.tracing import record

LOG: Final = logging.getLogger("creatorgraph.traces")
NAME: Final = "creatorgraph"
SERVICE_NAME: Final = "service.name"
SECONDS_TO_END: Final = 1.0
"""What sending the last spans may take: less than is left of the time that a process has to end."""

SAMPLER: Final = "OTEL_TRACES_SAMPLER"
OF_PARENT: Final = "parentbased"
LOUD: Final = ("opentelemetry.exporter", "opentelemetry.sdk._shared_internal", "opentelemetry.sdk.trace.export", "urllib3.connectionpool")
"""Loggers that speak of each attempt to send; `Patient` says it once."""


class Patient(SpanExporter):
    """Passes spans on; says once that they do not arrive, and once that they do again. Those that did not are lost."""

    def __init__(self, exporter: SpanExporter) -> None:
        """Export by another exporter."""
        self._exporter, self._failing = exporter, False

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        """Export a batch, in a thread of its own."""
        try:
            result = self._exporter.export(spans)
        except Exception:
            result = SpanExportResult.FAILURE
        failing = result is not SpanExportResult.SUCCESS
        if failing and not self._failing:
            LOG.warning("traces cannot be exported and are dropped; start the collector, or correct OTEL_EXPORTER_OTLP_ENDPOINT")
        if self._failing and not failing:
            LOG.warning("traces are exported again")
        self._failing = failing
        return result

    def shutdown(self) -> None:
        """End."""
        self._exporter.shutdown()

    def force_flush(self, timeout_millis: int = 30_000) -> bool:
        """Send what waits."""
        return self._exporter.force_flush(timeout_millis)


@contextmanager
def exported(environ: Mapping[str, str]) -> Generator[None]:
    """Record traces within the block and export them as `environ` says, which the SDK reads by itself."""
    for name in LOUD:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    exporter = Patient(OTLPSpanExporter())
    with recorded(BatchSpanProcessor(exporter), trusts_callers=environ.get(SAMPLER, "").strip().lower().startswith(OF_PARENT)):
        yield


@contextmanager
def recorded(processor: SpanProcessor, *, trusts_callers: bool = False) -> Generator[None]:
    """Record traces within the block, and hand them to a processor.

    The provider stays ours: libraries that know OpenTelemetry find none, and cannot add spans whose attributes nobody here has looked at.
    """
    provider = TracerProvider(resource=_resource(), shutdown_on_exit=False)
    provider.add_span_processor(processor)
    recorder = OpenTelemetryRecorder(provider.get_tracer(NAME, version(NAME)), trusts_callers=trusts_callers)
    record(recorder)
    try:
        with observed(recorder):
            yield
    finally:
        record(None)
        _end(provider)


def _end(provider: TracerProvider) -> None:
    """Send what is left, and wait no longer than there is time: the SDK would wait for half a minute."""
    ending = threading.Thread(target=provider.shutdown, name="traces-end", daemon=True)
    ending.start()
    ending.join(SECONDS_TO_END)


def _resource() -> Resource:
    """Return what the spans are of: the service's name and version, where the variables give no other name."""
    given = OTELResourceDetector().detect().attributes
    own = {"service.version": version(NAME)} | ({} if SERVICE_NAME in given else {SERVICE_NAME: NAME})
    return Resource.create(own)
