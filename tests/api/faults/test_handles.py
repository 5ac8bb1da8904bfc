"""A process that may open no more files refuses newcomers, does not spin, and answers again as soon as it may."""

from __future__ import annotations

import socket
import time
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import psutil
import pytest

from api.access.grants import Grant
from api.access.store import Store
from api.access.viewer import Role
from tests.api.serving import Served, serving

MORE = 6
HALF = b"POST /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\n"


def status(served: Served, key: str, first: int) -> int | None:
    """Return the status of an answer; None where none came."""
    body, headers = {"query": f"{{ creators(first: {first}) {{ nodes {{ id }} }} }}"}, {"Authorization": f"Bearer {key}"}
    try:
        return httpx.post(f"{served.url}/graphql", json=body, headers=headers, timeout=20).status_code
    except httpx.TransportError:
        return None


@pytest.mark.fault
def test_without_file_handles_it_refuses_and_recovers(served_env: dict[str, str], tmp_path: Path) -> None:
    store = Store(tmp_path)
    key = store.create(Grant("a", Role.ADMIN), now=int(time.time())).text
    store.close()
    with serving(tmp_path, served_env) as served, ExitStack() as held:
        process = psutil.Process(served.process.pid)
        assert status(served, key, 1) == 200
        usual, few = process.rlimit(psutil.RLIMIT_NOFILE), process.num_fds() + MORE
        process.rlimit(psutil.RLIMIT_NOFILE, (few, usual[1]))
        for _ in range(5 * MORE):
            connection = held.enter_context(socket.create_connection(("127.0.0.1", urlsplit(served.url).port or 0), timeout=5))
            connection.sendall(HALF)
        before = process.cpu_times().user
        assert status(served, key, 2) is None
        time.sleep(1)
        assert process.cpu_times().user - before < 0.5
        held.close()
        end = time.monotonic() + 20
        while (found := status(served, key, 3)) is None and time.monotonic() < end:
            time.sleep(0.1)
        assert found == 200
        process.rlimit(psutil.RLIMIT_NOFILE, usual)
        code, said = served.end()
    assert (code, "Traceback" in said) == (0, False)
