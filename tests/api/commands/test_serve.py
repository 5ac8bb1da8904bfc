from __future__ import annotations

import signal
import socket
import time
from pathlib import Path

import httpx
import pytest

from api.commands.serve import CannotListen, listening
from graph.server import PrivateServer
from tests.api.serving import serving


def test_a_port_that_is_taken_is_said_at_once() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with (
            pytest.raises(CannotListen, match=rf"cannot listen on 127.0.0.1:{port} \(Address already in use\); .* --port"),
            listening("127.0.0.1", port),
        ):
            pass


def test_a_host_that_is_none_is_said_at_once() -> None:
    with pytest.raises(CannotListen, match=r"cannot listen on no.such.host.invalid:0"), listening("no.such.host.invalid", 0):
        pass


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_in_order(neo4j_env: dict[str, str], tmp_path: Path, by: signal.Signals) -> None:
    with serving(tmp_path, neo4j_env) as served:
        assert httpx.get(f"{served.url}/healthz").json() == {"status": "up"}
        ready = httpx.get(f"{served.url}/readyz").json()
        assert [check["ok"] for check in ready["checks"][:2]] == [True, True]
        began = time.monotonic()
        code, said = served.end(by)
    assert (code, time.monotonic() - began < 8) == (0, True)
    assert "Stopping" in said
    assert "Traceback" not in said


def test_the_private_database_ends_with_it(cache: Path, tmp_path: Path) -> None:
    environment = {"CREATORGRAPH_CACHE": str(cache), "CREATORGRAPH_HEAP_MB": "512", "CREATORGRAPH_PAGE_CACHE_MB": "64"}
    server = PrivateServer(tmp_path / "neo4j", cache=cache)
    with serving(tmp_path, environment) as served:
        assert httpx.get(f"{served.url}/readyz", timeout=20).json()["checks"][0]["ok"]
        assert server.running
        code, _ = served.end(signal.SIGINT)
    assert (code, server.running) == (0, False)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["access.sqlite", "neo4j"]
