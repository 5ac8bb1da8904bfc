"""Webhooks of accounts of tokens: they see what the newest token granted, and end with a block or with the account."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from time import time

import pytest
from neo4j import AsyncDriver

from api.access.grants import Grant
from api.access.subjects import Identity
from api.access.tokens import Verified
from api.access.viewer import Role, Scope
from api.process.withdrawals import forget_creator
from api.webhooks.store import Reason
from graph.outbox import BRIEF_CREATED, RUN_PUBLISHED, Event
from graph.rights.erasure import Known
from tests.api.webhooks.hooks import Hooks, hooks_of
from tests.api.webhooks.receiver import Receiver, receiving

WHO = Identity("https://login.example.org", "user-1")
BRAND = Grant("acme", Role.BRAND, ("US",), ("b1",))
EVENTS = (
    Event(RUN_PUBLISHED, "r1"),
    Event(BRIEF_CREATED, "f1", {"version": 1}, brand="b1"),
    Event(BRIEF_CREATED, "f2", {"version": 1}, brand="b2"),
)


@pytest.fixture
async def hooks(graph: AsyncDriver, tmp_path: Path) -> AsyncIterator[Hooks]:
    await graph.execute_query("CREATE (:Creator {id: 'c1', region: 'US'}), (:Brand {id: 'b1'}), (:Brand {id: 'b2'})")
    given = {"oidc_issuer": WHO.issuer, "oidc_audience": ("a",), "oidc_webhook_days": 1}
    async with hooks_of(graph, tmp_path, **given) as opened:
        yield opened


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as opened:
        yield opened


def signed_in(hooks: Hooks, grant: Grant, *, ended: int = 0) -> None:
    """Have a token of the account come, which ended so many seconds ago; webhooks of its role are the account's."""
    tokens, now = hooks.state.keyring.tokens, int(time())
    assert tokens is not None
    tokens.keep(f"d{now}", Verified(WHO, grant, now - ended - 300, now - ended, "k"))
    hooks.ids[grant.role] = WHO.account


async def test_an_account_is_told_what_its_token_grants_until_it_is_blocked(hooks: Hooks, receiver: Receiver) -> None:
    signed_in(hooks, BRAND, ended=60)
    made = hooks.add(receiver, Role.BRAND)
    await hooks.happen(*EVENTS)
    await receiver.count(2)
    hooks.state.store.subjects.block("user-1", now=int(time()))
    hooks.state.keyring.forget()
    await hooks.happen(EVENTS[0])
    assert await hooks.disabled(receiver, made) == (
        Reason.KEY_ENDED,
        f"the account {WHO.account} is blocked or unknown; an administrator can tell why",
    )
    assert [each.message["type"] for each in receiver.got] == ["run.published", "brief.created"]


async def test_a_webhook_ends_some_days_after_its_accounts_last_token(hooks: Hooks, receiver: Receiver) -> None:
    signed_in(hooks, BRAND, ended=86_401)
    made = hooks.add(receiver, Role.BRAND)
    await hooks.happen(EVENTS[0])
    reason, said = await hooks.disabled(receiver, made)
    assert (reason, "expired more than 1 days ago" in said, receiver.got) == (Reason.KEY_ENDED, True, [])


async def test_a_webhook_goes_on_where_a_client_asks_for_other_scopes_but_not_beyond_the_newest_bounds(
    hooks: Hooks, receiver: Receiver
) -> None:
    signed_in(hooks, Grant("acme", Role.BRAND, ("US",), ("b2",), scopes=(Scope.MCP,)))
    made = hooks.add(receiver, Role.BRAND)
    await hooks.happen(*EVENTS)
    await receiver.count(2)
    told = [each.message["data"]["changed"] for each in receiver.got]
    assert [(each["kind"], each["brand"] and each["brand"]["id"]) for each in told] == [
        ("RUN_PUBLISHED", None),
        ("BRIEF_CREATED", "Brand:b2"),
    ]
    assert hooks.store.webhook(made.id) is not None


async def test_an_erased_creators_account_goes_with_its_webhooks(hooks: Hooks, receiver: Receiver, tmp_path: Path) -> None:
    signed_in(hooks, Grant("me", Role.CREATOR, creator="c1"))
    made = hooks.add(receiver, Role.CREATOR)
    await forget_creator(tmp_path, Known(frozenset({"c1"}), "one", frozenset(), (), ()), now=int(time()))
    assert hooks.store.webhook(made.id) is None
    assert hooks.state.store.subjects.subjects() == []
