from __future__ import annotations

import os
import subprocess
import sys

import pytest

from api.telemetry import wanted
from graph.tracing import NOTHING, current, ids, recording, span

COLLECTOR = {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:4318"}
LOADED = """
import sys
{what}
print(*sorted(name for name in sys.modules if name.startswith(("opentelemetry.sdk", "opentelemetry.exporter", "google.protobuf"))))
"""


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({}, False),
        (COLLECTOR, True),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": " "}, False),
        ({"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "http://127.0.0.1:4318/v1/traces"}, True),
        ({**COLLECTOR, "OTEL_SDK_DISABLED": "true"}, False),
        ({**COLLECTOR, "OTEL_SDK_DISABLED": "false"}, True),
        ({**COLLECTOR, "OTEL_TRACES_EXPORTER": "none"}, False),
        ({**COLLECTOR, "OTEL_TRACES_EXPORTER": "otlp"}, True),
        ({**COLLECTOR, "OTEL_EXPORTER_OTLP_PROTOCOL": "grpc"}, False),
        ({**COLLECTOR, "OTEL_EXPORTER_OTLP_PROTOCOL": "http/protobuf"}, True),
    ],
)
def test_traces_are_recorded_where_the_standard_variables_ask_for_them(variables: dict[str, str], expected: bool) -> None:
    assert wanted(variables) is expected


@pytest.mark.parametrize("what", ["import api.app", "from api.commands import main; sys.argv = ['creatorgraph', 'serve', '--help']"])
@pytest.mark.parametrize("collector", [{}, COLLECTOR], ids=["off", "on"])
def test_nothing_of_the_sdk_is_loaded_before_it_is_needed(what: str, collector: dict[str, str]) -> None:
    text = LOADED.format(what=what)
    if "main" in what:
        text = text.replace("\nprint", "\ntry:\n    main()\nexcept SystemExit:\n    pass\nsys.stdout.write('\\n')\nprint")
    found = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=True, env={**os.environ, **collector})
    assert found.stdout.splitlines()[-1] == ""


def test_a_span_of_a_process_that_records_none_is_nothing() -> None:
    assert not recording()
    assert span("a", {"b": 1}) is NOTHING
    assert current() is NOTHING
    assert ids() is None
    for done in (NOTHING.set("b", 1), NOTHING.fail("C"), NOTHING.rename("d")):
        assert done is None
    with pytest.raises(ZeroDivisionError), span("a"):
        _ = 1 / 0
