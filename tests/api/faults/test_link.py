"""Between the service and its database, the network fails in each of the ways that networks do."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import httpx
import psutil
import pytest
from neo4j import AsyncDriver

from api.access.viewer import Role
from tests.api.faults.conftest import QUERY_SECONDS, Linked
from tests.api.faults.link import COMMIT, Weather
from tests.conftest import TestServer

PAGE = "{{ creators(first: {}) {{ totalCount nodes {{ id handle region }} }} }}"
KEPT = "{ brands(first: 2) { nodes { id } } }"
SAVE = """
mutation {{
  saveQuery(input: {{name: "{}", description: "d", text: "RETURN 1 AS one"}}) {{ savedQuery {{ version }} userErrors {{ code }} }}
}}
"""
AGAIN = "try again in a few seconds"


def refused(answer: httpx.Response) -> bool:
    """Tell whether the answer says that the database is away, and when to come back."""
    return (answer.status_code, answer.headers.get("Retry-After"), AGAIN in answer.text, "data" in answer.json()) == (503, "5", True, False)


def page(served: Linked, first: int) -> Any:
    """Return a page of creators, which must come."""
    answer = served.ask(PAGE.format(first))
    assert (answer.status_code, answer.json().get("errors")) == (200, None), answer.text
    return answer.json()["data"]


@pytest.mark.fault
def test_a_database_that_refuses_connections_is_said_and_found_again(broken: Linked) -> None:
    assert {broken.ask(KEPT).status_code for _ in range(2)} == {200}
    before = page(broken, 3)
    broken.link.close()
    assert [refused(broken.ask(PAGE.format(each))) for each in range(4, 9)] == [True] * 5
    assert refused(broken.ask(KEPT)), "what was kept may be out of date"
    assert refused(broken.post("/cypher", {"query": "MATCH (n:Brand) RETURN n.id AS id"}))
    assert httpx.get(f"{broken.market.url}/healthz").status_code == 200
    ready = httpx.get(f"{broken.market.url}/readyz")
    assert (ready.status_code, ready.json()["checks"][0]["ok"]) == (503, False)
    broken.link.open()
    assert page(broken, 3) == before
    assert httpx.get(f"{broken.market.url}/readyz").status_code == 200


@pytest.mark.fault
def test_connections_that_were_reset_are_replaced_and_nobody_notices(broken: Linked) -> None:
    before = page(broken, 3)
    for first in range(9, 15):
        broken.link.reset()
        assert page(broken, first)["creators"]["nodes"][:3] == before["creators"]["nodes"]


@pytest.mark.fault
@pytest.mark.parametrize("after", [0, 1, 60, 400])
def test_an_answer_that_breaks_off_is_asked_for_again(broken: Linked, after: int) -> None:
    before = page(broken, 20)
    broken.link.left = after
    assert page(broken, 20 + 1)["creators"]["nodes"][:20] == before["creators"]["nodes"]


@pytest.mark.fault
def test_a_slow_network_is_waited_for(broken: Linked) -> None:
    before = page(broken, 16)
    broken.link.weather = Weather.SLOW
    assert page(broken, 17)["creators"]["nodes"][:16] == before["creators"]["nodes"]


@pytest.mark.fault
def test_a_network_that_swallows_everything_is_not_taken_for_a_slow_query(broken: Linked) -> None:
    page(broken, 18)
    broken.link.weather = Weather.SILENT
    began = time.monotonic()
    answer = broken.ask(PAGE.format(19))
    took = time.monotonic() - began
    assert refused(answer), answer.text
    assert took < QUERY_SECONDS + 8
    assert httpx.get(f"{broken.market.url}/healthz").status_code == 200
    assert httpx.get(f"{broken.market.url}/readyz", timeout=30).status_code == 503
    broken.link.open()
    page(broken, 19)


@contextmanager
def stopped(uri: str) -> Iterator[None]:
    """Stop the process that listens there, as a debugger or a machine that is moved does."""
    port = urlsplit(uri).port
    [pid] = {
        each.pid for each in psutil.net_connections("tcp") if each.status == psutil.CONN_LISTEN and each.laddr and each.laddr.port == port
    }
    database = psutil.Process(pid)
    database.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        database.send_signal(signal.SIGCONT)


@pytest.mark.fault
def test_a_database_that_stands_still_is_said_and_goes_on(broken: Linked, neo4j: TestServer) -> None:
    page(broken, 4)
    with stopped(neo4j.uri):
        assert refused(broken.ask(PAGE.format(5)))
    page(broken, 5)


async def count(beside: AsyncDriver, name: str) -> int:
    """Return how many queries are kept under a name."""
    return (await beside.execute_query("MATCH (q:SavedQuery {name: $name}) RETURN count(q) AS count", name=name)).records[0]["count"]


@pytest.mark.fault
async def test_a_change_whose_connection_breaks_before_it_is_committed_is_made_once(broken: Linked, beside: AsyncDriver) -> None:
    broken.link.asked = b"RETURN 1 AS one"
    answer = broken.ask(SAVE.format("before"), Role.ANALYST)
    assert (answer.json()["data"], answer.json().get("errors")) == ({"saveQuery": {"savedQuery": {"version": 1}, "userErrors": []}}, None)
    assert await count(beside, "before") == 1


@pytest.mark.fault
async def test_a_change_whose_confirmation_is_lost_is_refused_and_not_made_twice(broken: Linked, beside: AsyncDriver) -> None:
    broken.link.asked = COMMIT
    answer = broken.ask(SAVE.format("after"), Role.ANALYST)
    [error] = answer.json()["errors"]
    assert (error["extensions"]["code"], "may have been made" in error["message"]) == ("UNCONFIRMED", True)
    assert await count(beside, "after") == 1
