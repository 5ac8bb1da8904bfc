"""Signing in with a browser: a cookie that stands for a key, and for nothing that another site could make of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from http.cookies import Morsel, SimpleCookie
from pathlib import Path
from time import time

import httpx
import pytest
from neo4j import AsyncDriver

from api.access.grants import Grant
from api.access.sessions import TURN
from api.access.viewer import Role
from api.app import application
from api.process.state import State
from tests.api.processes import keys, process

OURS = {"X-Creatorgraph-Request": "explorer"}
WHO = {"query": "{ viewer { name role } }"}


@pytest.fixture
async def browser(state: State) -> AsyncIterator[httpx.AsyncClient]:
    """Keep cookies, and send no key."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(application(state)), base_url="http://127.0.0.1:8000") as opened:
        yield opened
    assert state.keyring.sessions is not None
    state.keyring.sessions.close()


async def sign_in(browser: httpx.AsyncClient, key: str) -> httpx.Response:
    return await browser.post("/session", json={"key": key}, headers=OURS)


def cookie(response: httpx.Response) -> Morsel[str]:
    (found,) = SimpleCookie(response.headers["Set-Cookie"]).values()
    return found


def refused(response: httpx.Response) -> tuple[int, str]:
    return response.status_code, response.json()["errors"][0]["extensions"]["code"]


async def test_a_session_is_its_key_until_it_is_ended(browser: httpx.AsyncClient, state: State) -> None:
    assert refused(await browser.get("/session")) == (401, "UNAUTHENTICATED")
    begun = await sign_in(browser, keys(state)[Role.BRAND])
    assert (begun.status_code, begun.json()) == (200, {"name": "the brand", "role": "brand"})
    assert begun.headers["Cache-Control"] == "no-store"
    set_ = cookie(begun)
    assert (set_.key, set_["httponly"], set_["samesite"], set_["secure"], set_["path"]) == ("creatorgraph_session", True, "Strict", "", "/")
    assert (await browser.get("/session")).json() == {"name": "the brand", "role": "brand"}
    assert (await browser.post("/graphql", json=WHO, headers=OURS)).json()["data"] == {"viewer": {"name": "the brand", "role": "BRAND"}}
    assert (await browser.get("/exports")).json() == {"exports": []}
    token = browser.cookies["creatorgraph_session"]
    ended = await browser.delete("/session", headers=OURS)
    assert (ended.status_code, ended.headers["Clear-Site-Data"], cookie(ended)["max-age"]) == (204, '"cache"', "0")
    assert browser.cookies == {}
    browser.cookies.set("creatorgraph_session", token, domain="127.0.0.1")
    assert refused(await browser.get("/session")) == (401, "UNAUTHENTICATED"), "the token itself is over"


@pytest.mark.parametrize(
    ("host", "name", "secure"), [("ratings.example", "__Host-creatorgraph_session", True), ("[::1]:8000", "creatorgraph_session", "")]
)
async def test_elsewhere_than_on_loopback_the_cookie_goes_over_tls_to_that_host_alone(
    graph: AsyncDriver, tmp_path: Path, host: str, name: str, secure: object
) -> None:
    state = process(graph, tmp_path, hosts=("ratings.example", "[::1]"))
    key = keys(state)[Role.ADMIN]
    async with httpx.AsyncClient(transport=httpx.ASGITransport(application(state)), base_url=f"https://{host}") as client:
        set_ = cookie(await sign_in(client, key))
        assert (set_.key, set_["secure"], set_["path"], set_["domain"]) == (name, secure, "/", "")
        assert (await client.get("/session", headers={"Cookie": f"{name}={set_.value}"})).status_code == 200
    state.store.close()


@pytest.mark.parametrize("path", ["/graphql", "/cypher", "/exports", "/session"])
async def test_what_a_page_of_another_site_could_send_is_refused(browser: httpx.AsyncClient, state: State, path: str) -> None:
    await sign_in(browser, keys(state)[Role.ADMIN])
    form = {"Content-Type": "text/plain", "Origin": "https://elsewhere.example"}
    assert refused(await browser.post(path, content='{"query": "{ viewer { name } }"}', headers=form)) == (403, "FORBIDDEN")
    if path in {"/exports", "/session"}:
        assert refused(await browser.delete(path)) == (403, "FORBIDDEN")
        assert (await browser.get("/session")).status_code == 200, "nobody was signed out"


async def test_nobody_is_signed_in_by_another_site(browser: httpx.AsyncClient, state: State) -> None:
    given = {"key": keys(state)[Role.ADMIN]}
    assert refused(await browser.post("/session", json=given)) == (403, "FORBIDDEN")
    assert browser.cookies == {}


async def test_signing_in_replaces_the_session_that_was_there(browser: httpx.AsyncClient, state: State) -> None:
    made = keys(state)
    await sign_in(browser, made[Role.BRAND])
    planted = browser.cookies["creatorgraph_session"]
    await sign_in(browser, made[Role.ADMIN])
    assert browser.cookies["creatorgraph_session"] != planted
    assert (await browser.get("/session")).json()["role"] == "admin"
    browser.cookies.set("creatorgraph_session", planted, domain="127.0.0.1")
    assert refused(await browser.get("/session")) == (401, "UNAUTHENTICATED"), "who planted a session shares none"


async def test_a_key_of_a_header_wins_over_the_cookie(browser: httpx.AsyncClient, state: State) -> None:
    made = keys(state)
    await sign_in(browser, made[Role.ADMIN])
    told = await browser.post("/graphql", json=WHO, headers={"Authorization": f"Bearer {made[Role.BRAND]}"})
    assert told.json()["data"] == {"viewer": {"name": "the brand", "role": "BRAND"}}
    wrong = await browser.post("/graphql", json=WHO, headers={"Authorization": "Bearer cgk_wrong"})
    assert refused(wrong) == (401, "UNAUTHENTICATED"), "a wrong one is not made good by the cookie"


async def test_what_stands_for_a_session_within_the_process_is_not_taken_from_outside(browser: httpx.AsyncClient, state: State) -> None:
    await sign_in(browser, keys(state)[Role.ADMIN])
    assert state.keyring.sessions is not None
    use = state.keyring.sessions.use(browser.cookies["creatorgraph_session"])
    assert use is not None
    for scheme in ("Session", "session", "SESSION"):
        told = await httpx.AsyncClient(transport=httpx.ASGITransport(application(state)), base_url="http://127.0.0.1").post(
            "/graphql", json=WHO, headers={"Authorization": f"{scheme} {use.id}"}
        )
        assert refused(told) == (401, "UNAUTHENTICATED")


@pytest.mark.parametrize("ends", ["revoked", "expired"])
async def test_a_session_ends_with_its_key(browser: httpx.AsyncClient, state: State, ends: str) -> None:
    now = int(time())
    key = state.store.create(Grant("a brand", Role.BRAND, ("US",), ("b1",), None, now + 3 if ends == "expired" else None), now=now)
    begun = await sign_in(browser, key.text)
    assert ends == "revoked" or int(cookie(begun)["max-age"]) <= 3
    assert "data" in (await browser.post("/graphql", json=WHO, headers=OURS)).json()
    if ends == "revoked":
        state.store.revoke(key.id, now=now)
        state.keyring.forget()
    else:
        state.keyring._clock = lambda: now + 3
    assert refused(await browser.post("/graphql", json=WHO, headers=OURS)) == (401, "UNAUTHENTICATED")


async def test_the_cookie_is_replaced_while_it_is_used(browser: httpx.AsyncClient, state: State) -> None:
    await sign_in(browser, keys(state)[Role.ADMIN])
    first, sessions = browser.cookies["creatorgraph_session"], state.keyring.sessions
    assert sessions is not None
    sessions._clock = lambda: time() + TURN
    answers = [await browser.post("/graphql", json=WHO, headers=OURS) for _ in range(3)]
    assert ["Set-Cookie" in each.headers for each in answers] == [True, False, False]
    assert browser.cookies["creatorgraph_session"] != first
    assert [each.status_code for each in answers] == [200] * 3


async def test_a_session_that_was_ended_while_its_cookie_was_due_sets_none(browser: httpx.AsyncClient, state: State) -> None:
    made, sessions = keys(state), state.keyring.sessions
    assert sessions is not None
    await sign_in(browser, made[Role.BRAND])
    sessions._clock = lambda: time() + TURN
    await sign_in(browser, made[Role.ADMIN])
    assert (await browser.get("/session")).json()["role"] == "admin", "the cookie of the former session does not come after the new one"
    sessions._clock = lambda: time() + 2 * TURN
    await browser.delete("/session", headers=OURS)
    assert browser.cookies == {}


async def test_a_link_signs_in_once(browser: httpx.AsyncClient, state: State) -> None:
    keys(state)
    assert state.keyring.sessions is not None
    brand = next(each.id for each in state.store.records() if each.grant.role is Role.BRAND)
    link = state.keyring.sessions.link(brand)
    assert (await browser.post("/session", json={"link": link}, headers=OURS)).json() == {"name": "the brand", "role": "brand"}
    again = await browser.post("/session", json={"link": link}, headers=OURS)
    assert refused(again) == (401, "UNAUTHENTICATED")
    assert "has been used" in again.json()["errors"][0]["message"]


@pytest.mark.parametrize("given", [[], {}, {"key": 1}, {"key": "a", "link": "b"}, {"password": "a"}, "text"])
async def test_a_body_that_names_no_key_is_told_what_to_send(browser: httpx.AsyncClient, given: object) -> None:
    told = await browser.post("/session", json=given, headers=OURS)
    assert refused(told) == (400, "BAD_REQUEST")
    assert '{"key": "cgk_…"}' in told.json()["errors"][0]["message"]


async def test_other_methods_are_refused(browser: httpx.AsyncClient) -> None:
    told = await browser.put("/session", headers=OURS)
    assert (refused(told), told.headers["Allow"]) == ((405, "METHOD_NOT_ALLOWED"), "GET, POST, DELETE")


async def test_wrong_keys_are_slowed_down(browser: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []

    async def note(seconds: float) -> None:
        waits.append(seconds)

    monkeypatch.setattr("api.http.sessions.asyncio.sleep", note)
    for _ in range(8):
        assert refused(await sign_in(browser, "cgk_wrong")) == (401, "UNAUTHENTICATED")
    assert waits[:5] == [0.0] * 5
    assert waits[5:] == sorted(waits[5:])
    assert waits[5] > 0
