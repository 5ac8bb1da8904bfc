"""Traces of what a process does, sent to the collector that the standard variables of OpenTelemetry name; none without one."""

from __future__ import annotations

import logging
import os
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import Final

LOG: Final = logging.getLogger("creatorgraph.traces")
ENDPOINTS: Final = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")
PROTOCOLS: Final = ("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL")
PROTOCOL: Final = "http/protobuf"
DISABLED: Final = "OTEL_SDK_DISABLED"
EXPORTER: Final = "OTEL_TRACES_EXPORTER"


def wanted(environ: Mapping[str, str]) -> bool:
    """Tell whether the variables ask for traces: they name a collector, and do not turn it off."""
    if not _first(environ, ENDPOINTS) or environ.get(DISABLED, "").strip().lower() == "true":
        return False
    if "otlp" not in environ.get(EXPORTER, "").lower().split(",") and environ.get(EXPORTER, "").strip():
        return False
    protocol = _first(environ, PROTOCOLS)
    if protocol not in ("", PROTOCOL):
        LOG.warning(
            "traces are not recorded: %s is %r, and only %s is spoken; set it to that, or unset it", PROTOCOLS[1], protocol, PROTOCOL
        )
        return False
    return True


@contextmanager
def traces() -> Generator[None]:
    """Record and export traces within the block, where they are wanted; at its end what is left is sent, for a second at most."""
    if not wanted(os.environ):
        yield
        return
    # Imported late: OpenTelemetry takes a tenth of a second and 15 MB, and most processes record nothing.
    from api.telemetry.exporting import exported

    with exported(os.environ):
        yield


def _first(environ: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((value for name in names if (value := environ.get(name, "").strip())), "")
