"""Requests take turns: one key cannot crowd out another, full lines are told at once, and health never waits."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from time import monotonic
from typing import Final

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from api.access.grants import Grant
from api.access.keyring import Keyring
from api.access.store import Store
from api.access.viewer import Role
from api.http.admission import Admission, Attempts, Refusals
from api.http.metrics import Metrics
from api.http.middleware import Observed

GRANTS: Final = {"one": Grant("one", Role.ANALYST), "two": Grant("two", Role.ANALYST), "admin": Grant("admin", Role.ADMIN)}


class Service:
    """An application whose requests are worked on until `go` is set, with four at once and one of each key."""

    def __init__(self, home: Path) -> None:
        self.store, self.go, self.began = Store(home), asyncio.Event(), list[str]()
        self.keys = {name: self.store.create(grant, now=1).text for name, grant in GRANTS.items()}
        routes = [Route("/graphql", self.work, methods=["POST"]), Route("/healthz", self.health)]
        admission = Middleware(Admission, keyring=Keyring(self.store), attempts=Attempts(), most=4)
        self.app = Starlette(routes=routes, middleware=[Middleware(Observed, metrics=Metrics()), admission])
        self.client = httpx.AsyncClient(transport=httpx.ASGITransport(self.app), base_url="http://localhost")

    async def work(self, request: Request) -> Response:
        self.began.append(request.headers.get("name", ""))
        await self.go.wait()
        if request.headers.get("name") == "refused":
            request.state.kind = "refused"
            return PlainTextResponse("no", 400)
        return PlainTextResponse("done")

    async def health(self, _request: Request) -> Response:
        return PlainTextResponse("up")

    def ask(self, name: str, key: str | None = None) -> asyncio.Task[httpx.Response]:
        headers = {"name": name, "Authorization": f"Bearer {key or self.keys[name]}"}
        return asyncio.create_task(self.client.post("/graphql", headers=headers))


@pytest.fixture
async def service(tmp_path: Path) -> AsyncIterator[Service]:
    made = Service(tmp_path)
    yield made
    await made.client.aclose()
    made.store.close()


async def settled(service: Service, began: int) -> None:
    while len(service.began) < began:
        await asyncio.sleep(0.001)
    await asyncio.sleep(0.01)


async def test_one_key_cannot_crowd_out_another_nor_health(service: Service) -> None:
    asked = [service.ask("one") for _ in range(5)]
    await settled(service, 1)
    asked.append(service.ask("two"))
    await settled(service, 2)
    assert service.began == ["one", "two"]
    assert (await service.client.get("/healthz")).text == "up"
    service.go.set()
    assert {(await each).status_code for each in asked} == {200}


async def test_a_key_may_have_a_share_of_its_own(service: Service) -> None:
    key = service.store.create(Grant("larger", Role.ANALYST, requests_at_once=2), now=1).text
    asked = [*(service.ask("larger", key) for _ in range(3)), *(service.ask("one") for _ in range(2))]
    await settled(service, 3)
    assert sorted(service.began) == ["larger", "larger", "one"]
    service.go.set()
    assert {(await each).status_code for each in asked} == {200}


async def test_a_full_line_is_told_at_once_and_says_when_to_come_back(service: Service) -> None:
    asked = [service.ask("one") for _ in range(5)]
    await settled(service, 1)
    refused = await service.ask("one")
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "2")
    assert refused.json()["errors"][0]["extensions"]["code"] == "CONCURRENCY_LIMIT"
    service.go.set()
    await asyncio.gather(*asked)


async def test_turns_are_kept_for_administrators(service: Service) -> None:
    strangers = [service.client.post("/graphql", headers={"name": "-"}, extensions={}) for _ in range(1)]
    crowd = [asyncio.create_task(each) for each in strangers] + [service.ask("one"), service.ask("two")]
    more = [service.store.create(Grant(f"more {each}", Role.ANALYST), now=1).text for each in range(2)]
    crowd += [service.ask("more", each) for each in more]
    await settled(service, 4)
    crowd.append(service.ask("admin"))
    await settled(service, 5)
    assert "admin" in service.began
    service.go.set()
    assert {(await each).status_code for each in crowd} == {200}


def test_failed_attempts_are_held_back_longer_each_time_and_forgotten() -> None:
    attempts = Attempts()
    assert [attempts.failed("a", now=0) for _ in range(8)] == [0, 0, 0, 0, 0, 0.2, 0.4, 0.8]
    assert attempts.failed("b", now=0) == 0
    assert max(attempts.failed("a", now=1) for _ in range(50)) == 5
    assert attempts.failed("a", now=62) == 0


def test_who_is_refused_many_times_a_second_is_held_back_until_it_stops() -> None:
    refusals = Refusals()
    for number in range(600):
        refusals.refused("steady", now=number / 5)
    assert refusals.wait("steady", now=120) == 0
    for _ in range(55):
        refusals.refused("hasty", now=0)
    assert refusals.wait("hasty", now=0) == 0.5
    assert refusals.wait("another", now=0) == 0
    for _ in range(1_000):
        refusals.refused("hasty", now=0)
    assert refusals.wait("hasty", now=0) == 1
    assert refusals.wait("hasty", now=11) == 0


async def test_a_key_that_is_refused_again_and_again_is_let_in_more_slowly_and_others_are_not(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Refusals, "FREE", 5)
    service.go.set()
    for _ in range(9):
        assert (await service.ask("refused", service.keys["one"])).status_code == 400
    seconds = dict[str, float]()
    for name in ("one", "two"):
        began = monotonic()
        assert (await service.ask(name)).status_code == 200
        seconds[name] = monotonic() - began
    assert seconds["one"] > 0.1
    assert seconds["two"] < seconds["one"]


async def test_a_wrong_key_waits_in_a_line_of_its_own(service: Service) -> None:
    wrong = [service.ask("wrong", "nothing") for _ in range(3)]
    await settled(service, 1)
    asked = service.ask("one")
    await settled(service, 2)
    assert service.began == ["wrong", "one"]
    service.go.set()
    await asyncio.gather(asked, *wrong)
