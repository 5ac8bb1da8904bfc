"""After a change each answer is made once, whoever asks for it at once."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from api.access.viewer import Role
from api.http import endpoint
from tests.api.http.caching import PAGE, Compared


class Held:
    """Executes operations one by one, each when it is let go."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.begun, self.go = 0, asyncio.Event()
        execute = endpoint.executed

        async def held(*given: Any) -> Any:
            self.begun += 1
            await self.go.wait()
            return await execute(*given)

        monkeypatch.setattr(endpoint, "executed", held)

    async def under_way(self, number: int) -> None:
        """Return once so many have begun, and whoever would begin as well has had the time to."""
        async with asyncio.timeout(60):
            while self.begun < number:
                await asyncio.sleep(0.01)
        await asyncio.sleep(0.3)


async def test_what_many_ask_at_once_is_made_once(market: Compared, monkeypatch: pytest.MonkeyPatch) -> None:
    held = Held(monkeypatch)
    asking = [asyncio.create_task(market.ask(PAGE)) for _ in range(10)]
    await held.under_way(1)
    held.go.set()
    answers = await asyncio.gather(*asking)
    assert (held.begun, market.answers.hits) == (1, 9)
    assert {(each.status_code, each.content) for each in answers} == {(200, answers[0].content)}


async def test_what_is_not_kept_is_waited_for_once_and_made_for_each(market: Compared, monkeypatch: pytest.MonkeyPatch) -> None:
    held = Held(monkeypatch)
    for begun_at_once in (1, 4):
        asking = [asyncio.create_task(market.ask("{ nothing }")) for _ in range(4)]
        await held.under_way(begun_at_once)
        assert held.begun == begun_at_once
        held.go.set()
        assert {(await each).status_code for each in asking} == {200}
        assert held.begun == 4
        held.begun = 0
        held.go.clear()


async def test_where_the_maker_goes_away_another_makes_it(market: Compared, monkeypatch: pytest.MonkeyPatch) -> None:
    held = Held(monkeypatch)
    first, second = (asyncio.create_task(market.ask(PAGE)) for _ in range(2))
    await held.under_way(1)
    first.cancel()
    await held.under_way(2)
    held.go.set()
    assert (await second).status_code == 200


async def test_a_key_that_is_revoked_while_it_waits_is_refused(market: Compared, monkeypatch: pytest.MonkeyPatch) -> None:
    held = Held(monkeypatch)
    asking = [asyncio.create_task(market.ask(PAGE, Role.BRAND)) for _ in range(3)]
    await held.under_way(1)
    market.regrant(Role.BRAND)
    held.go.set()
    answers = [(await each).status_code for each in asking]
    assert sorted(answers) == [200, 401, 401], "the first was admitted before"
