"""The process: who sees it, who shares it, and what ends it. The tests tell one story, in order."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import psutil
import pytest
from neo4j import GraphDatabase

from graph.errors import DatabaseUnreachable, ServerInUse
from graph.server import PrivateServer
from graph.server.readiness import answers
from tests.conftest import TestServer

# Most of these start a server: seconds on an idle machine, minutes on a crowded one.
pytestmark = pytest.mark.timeout(900)

USER: Final = """
import sys, time
from pathlib import Path
from graph.server import Memory, PrivateServer
server = PrivateServer(Path(sys.argv[1]), cache=Path(sys.argv[2]), memory=Memory(512, 64)).start()
print(server.uri, flush=True)
input()
server.stop()
"""


def user(server: PrivateServer) -> subprocess.Popen[str]:
    """Start another process that uses the server's home, and return it once its server answers."""
    process = subprocess.Popen(
        [sys.executable, "-c", USER, str(server.home), str(server.cache)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip() == server.uri
    return process


def ended(process: subprocess.Popen[str]) -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()
    process.wait(60)


def within(seconds: float, condition: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def pids(server: PrivateServer) -> list[int]:
    """Return the ids of the supervisor and of the server proper."""
    return [pid for pid, _ in json.loads((server.home / "running.json").read_text())["processes"]]


def asked(server: PrivateServer, query: Any) -> list[Any]:
    with GraphDatabase.driver(server.uri, auth=server.auth) as driver:
        return [record[0] for record in driver.execute_query(query).records]


@pytest.mark.fault
def test_the_server_ends_when_its_only_user_is_killed(server: PrivateServer) -> None:
    server.home.mkdir(parents=True)
    (server.home / "port").write_text("0")
    starter = subprocess.Popen(
        [sys.executable, "-c", USER, str(server.home), str(server.cache)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert starter.stdout is not None
    assert starter.stdout.readline().strip() == server.uri
    asked(server, "CREATE (:Kept {id: 1})")
    before = pids(server)
    starter.kill()
    ended(starter)
    assert within(15, lambda: not server.running and not any(psutil.pid_exists(pid) for pid in before))


def test_the_data_outlive_it_and_the_port_stays(server: PrivateServer) -> None:
    port = (server.home / "port").read_text()
    server.start()
    assert asked(server, "MATCH (n:Kept) RETURN n.id") == [1]
    assert (server.home / "port").read_text() == port


def test_the_password_is_in_no_process_and_no_log(server: PrivateServer) -> None:
    _, password = server.auth
    for pid in pids(server):
        process = psutil.Process(pid)
        assert password not in " ".join(process.cmdline())
        assert password not in str(process.environ())
    readable = [path for path in server.home.rglob("*") if path.is_file() and path.name != "password" and "databases" not in path.parts]
    assert {"debug.log", "console.log", "neo4j.conf"} <= {path.name for path in readable}
    assert [path.name for path in readable if password.encode() in path.read_bytes()] == []


def test_it_listens_on_loopback_only_and_on_one_port(server: PrivateServer) -> None:
    listening = [each.laddr for each in psutil.Process(pids(server)[1]).net_connections() if each.status == psutil.CONN_LISTEN]
    assert [(address.ip.removeprefix("::ffff:"), address.port) for address in listening] == [
        ("127.0.0.1", int(server.uri.rpartition(":")[2]))
    ]


def test_another_password_is_refused(server: PrivateServer) -> None:
    with pytest.raises(DatabaseUnreachable, match="password"):
        answers(server.uri, ("neo4j", "wrong"))


def test_two_homes_are_two_servers(server: PrivateServer, neo4j: TestServer) -> None:
    assert server.uri != neo4j.uri
    with pytest.raises(DatabaseUnreachable):
        answers(neo4j.uri, server.auth)


def test_a_second_process_shares_the_server(server: PrivateServer) -> None:
    before = pids(server)
    other = user(server)
    assert pids(server) == before
    assert len(server.users) == 2
    with pytest.raises(ServerInUse, match=f"used by {other.pid}-.*stop those first"):
        server.shut_down()
    ended(other)
    assert within(5, lambda: len(server.users) == 1)
    assert asked(server, "RETURN 1") == [1]


def test_a_detached_server_runs_on_without_users(server: PrivateServer) -> None:
    before = pids(server)
    server.detach()
    server.stop()
    time.sleep(1)
    assert server.users == ["detached"]
    assert pids(server.start()) == before


@pytest.mark.fault
def test_a_server_whose_supervisor_was_killed_is_found_and_ended(server: PrivateServer) -> None:
    supervisor, orphan = pids(server)
    os.kill(supervisor, signal.SIGKILL)
    server.shut_down()
    assert within(5, lambda: not psutil.pid_exists(orphan) or psutil.Process(orphan).status() == psutil.STATUS_ZOMBIE)
    assert not server.running
    assert server.users == []


def test_a_server_that_cannot_start_says_why(server: PrivateServer, tmp_path: Path) -> None:
    broken = PrivateServer(tmp_path / "neo4j", cache=server.cache, memory=server.memory)
    (broken.home / "data").mkdir(parents=True)
    (broken.home / "data" / "databases").write_text("in the way")
    with pytest.raises(Exception, match=r"ended"):
        broken.start()
    assert not broken.running
