"""While a process starts it answers: that it is up, what it is at, and that nothing else can be had yet."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import pytest
from starlette.responses import PlainTextResponse

from api.app import starting
from api.process.front import Front
from api.process.startup import Startup
from api.settings import Settings


@pytest.fixture
def startup() -> Startup:
    return Startup()


@pytest.fixture
def front(startup: Startup) -> Front:
    return Front(starting(replace(Settings(), cors_origins=("https://example.org",)), startup))


@pytest.fixture
async def client(front: Front) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(front), base_url="http://127.0.0.1") as found:
        yield found


async def test_health_is_up_and_readiness_tells_the_stage_and_how_far_it_is(client: httpx.AsyncClient, startup: Startup) -> None:
    startup.tell("importing the demo market", 25, 200)
    health, ready = await client.get("/healthz"), await client.get("/readyz")
    assert (health.status_code, health.json()) == (200, {"status": "up"})
    assert (ready.status_code, ready.headers["retry-after"], ready.json()["status"]) == (503, "5", "starting")
    assert {name: ready.json()["start"][name] for name in ("stage", "done", "total")} == {
        "stage": "importing the demo market",
        "done": 25,
        "total": 200,
    }
    assert ready.json()["checks"][0]["detail"].startswith("importing the demo market, 12 % (")


async def test_a_stage_of_unknown_length_tells_its_time_and_no_count(client: httpx.AsyncClient, startup: Startup) -> None:
    startup.tell("importing", 25, 200)
    startup.tell("scoring: solving", 0, 0)
    startup.entered -= 14
    ready = (await client.get("/readyz")).json()
    assert ready["start"] == {"stage": "scoring: solving", "stageSeconds": 14, "seconds": 0}
    assert ready["checks"][0]["detail"] == "scoring: solving, for 14 s (0 s since the start)"


@pytest.mark.parametrize("path", ["/graphql", "/mcp", "/exports/1", "/nothing"])
async def test_all_else_is_not_ready_with_a_time_to_try_again(client: httpx.AsyncClient, path: str) -> None:
    for answer in (await client.get(path), await client.post(path, json={"query": "{ viewer { name } }"})):
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
        assert answer.json()["errors"][0]["extensions"]["code"] == "NOT_READY"


async def test_a_person_sees_a_page_that_follows_the_start(client: httpx.AsyncClient, startup: Startup) -> None:
    startup.tell("simulating <a market>")
    for path in ("/", "/developers", "/graphiql", "/find", "/creators/c1/scores"):
        page = await client.get(path)
        assert "simulating &lt;a market&gt;" in page.text
        assert '<script src="/static/starting.js">' in page.text
    assert (await client.get("/static/starting.js")).status_code == 200


async def test_what_is_put_in_place_answers_from_then_on(client: httpx.AsyncClient, front: Front) -> None:
    front.app = PlainTextResponse("here")
    assert (await client.get("/graphql")).text == "here"


def test_each_stage_is_heard_once() -> None:
    heard: list[str] = []
    startup = Startup(heard=heard.append)
    for done in (0, 1, 2):
        startup.tell("importing", done, 2)
    startup.tell("scoring")
    assert heard == ["importing", "scoring"]
    assert startup.detail.startswith("scoring, for 0 s (")
