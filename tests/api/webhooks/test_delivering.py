"""From an event to a receiver: in order, signed, again until it is taken, and never more than the key may see."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from pathlib import Path
from time import time
from typing import Any

import pytest
from neo4j import AsyncDriver

from api.access.viewer import Role
from api.features.webhooks.content import CHANGED, RANKING, SCORES
from api.graphql.execution.subscriptions import LiveOperation
from api.webhooks.deliveries import Status
from api.webhooks.sender import sending
from api.webhooks.store import Reason
from graph.outbox import BRIEF_CREATED, CONSENT_CHANGED, QUERY_SAVED, RUN_PUBLISHED, Event, Recorded, forget_old
from tests.api.processes import process
from tests.api.webhooks.hooks import Hooks, hooks_of
from tests.api.webhooks.receiver import Receiver, receiving

EVENTS = (
    Event(RUN_PUBLISHED, "r1"),
    Event(QUERY_SAVED, "q1", {"version": 1}),
    Event(CONSENT_CHANGED, "c1", {"consent": True}, creator="c1"),
    Event(BRIEF_CREATED, "f1", {"version": 1}, brand="b1"),
    Event(BRIEF_CREATED, "f2", {"version": 1}, brand="b2"),
)
SEEN = {
    Role.ADMIN: ["run.published", "query.saved", "consent.changed", "brief.created", "brief.created"],
    Role.ANALYST: ["run.published", "query.saved", "consent.changed"],
    Role.PARTNER: ["run.published", "brief.created"],
    Role.BRAND: ["run.published", "brief.created"],
    Role.CREATOR: ["run.published", "consent.changed"],
}


@pytest.fixture
async def hooks(graph: AsyncDriver, tmp_path: Path) -> AsyncIterator[Hooks]:
    await graph.execute_query("CREATE (:Creator {id: 'c1', handle: 'one', region: 'US'}), (:Brand {id: 'b1'}), (:Brand {id: 'b2'})")
    async with hooks_of(graph, tmp_path) as opened:
        yield opened


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as opened:
        yield opened


def types(receiver: Receiver, role: Role) -> list[str]:
    return [each.message["type"] for each in receiver.got if each.path.endswith(f"/{role}")]


async def test_each_role_gets_what_its_subscription_would_tell_in_order(hooks: Hooks, receiver: Receiver) -> None:
    made = {role: hooks.add(receiver, role) for role in Role}
    await hooks.happen(*EVENTS)
    await receiver.count(sum(map(len, SEEN.values())))
    assert {role: types(receiver, role) for role in Role} == SEEN
    for each in receiver.got:
        role = Role(each.path.rsplit("/", 1)[1])
        message = each.verified(made[role].secret)
        assert set(message) == {"type", "timestamp", "data"}
        assert set(message["data"]["changed"]) == {"cursor", "at", "kind", "node", "brand", "creator", "details"}
        assert message["timestamp"] == message["data"]["changed"]["at"]
    consent = next(each.message["data"]["changed"] for each in receiver.got if each.message["type"] == "consent.changed")
    assert (consent["creator"], consent["details"]) == ({"id": "Creator:c1"}, [{"name": "consent", "value": "true"}])

    def settled(_: Receiver) -> bool:
        return all((each.status, each.code) == (Status.DELIVERED, 204) for role in Role for each in hooks.deliveries(made[role]))

    await receiver.until(settled)


async def test_kinds_are_filtered_as_for_a_subscription(hooks: Hooks, receiver: Receiver) -> None:
    hooks.add(receiver, kinds=["QUERY_SAVED"])
    await hooks.happen(*EVENTS, Event(QUERY_SAVED, "q2", {"version": 1}))
    await receiver.count(2)
    assert types(receiver, Role.ADMIN) == ["query.saved", "query.saved"]


async def test_what_fails_is_sent_again_under_the_same_id_before_what_comes_after_it(
    hooks: Hooks, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.webhooks.schedule.WAITS", (0.1, 0.1, 0.1))
    receiver.answers = [(500, {}), (302, {"Location": "/"}), (204, {}), (204, {})]
    made = hooks.add(receiver)
    await hooks.happen(*EVENTS[:2])
    got = await receiver.count(4)
    assert [each.message["type"] for each in got] == ["run.published"] * 3 + ["query.saved"]
    assert len({each.id for each in got}) == 2
    assert len({each.id for each in got[:3]}) == 1
    await receiver.until(lambda _: [each.status for each in hooks.deliveries(made)] == [Status.DELIVERED] * 2)
    assert [each.attempts for each in hooks.deliveries(made)] == [3, 1]


@pytest.mark.fault
async def test_a_slow_or_failing_receiver_holds_up_no_other(hooks: Hooks, receiver: Receiver) -> None:
    with receiving() as other:
        other.delay = 5
        hooks.add(other)
        hooks.add(receiver)
        await hooks.happen(*EVENTS)
        await receiver.until(lambda receiver: len(receiver.got) == 5, seconds=4.5)


@pytest.mark.fault
async def test_a_webhook_that_fails_to_the_end_is_disabled_and_goes_on_where_it_was(
    hooks: Hooks, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.webhooks.schedule.WAITS", (0.05,))
    receiver.answers = [(500, {}), (500, {})]
    made = hooks.add(receiver)
    await hooks.happen(*EVENTS[:2])
    assert await hooks.disabled(receiver, made) == (Reason.FAILING, "the receiver answered 500")
    assert len(receiver.got) == 2
    hooks.store.enable(made.id, now=int(time()))
    assert [each.message["type"] for each in await receiver.count(4)][2:] == ["run.published", "query.saved"]


async def test_a_message_that_cannot_be_made_is_tried_again_as_if_it_were_refused(
    hooks: Hooks, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, answer = [True, True], LiveOperation.answer

    async def failing(self: LiveOperation, event: Recorded) -> Any:
        if broken:
            broken.pop()
            raise TypeError("ours")
        return await answer(self, event)

    monkeypatch.setattr(LiveOperation, "answer", failing)
    monkeypatch.setattr("api.webhooks.schedule.WAITS", (0.1, 0.1, 0.1))
    made = hooks.add(receiver, Role.ADMIN)
    await hooks.happen(EVENTS[0])
    await receiver.count(1)
    await receiver.until(lambda _: [(each.status, each.attempts) for each in hooks.deliveries(made)] == [(Status.DELIVERED, 3)])


async def test_a_receiver_that_is_gone_is_left_alone_at_once(hooks: Hooks, receiver: Receiver) -> None:
    receiver.answers = [(410, {})]
    made = hooks.add(receiver)
    await hooks.happen(*EVENTS[:2])
    assert (await hooks.disabled(receiver, made))[0] is Reason.GONE
    assert len(receiver.got) == 1


async def test_retry_after_is_respected(hooks: Hooks, receiver: Receiver) -> None:
    receiver.answers = [(503, {"Retry-After": "600"})]
    made = hooks.add(receiver)
    await hooks.happen(EVENTS[0])
    await receiver.until(lambda _: [each.attempts for each in hooks.deliveries(made)] == [1])
    (waiting,) = hooks.deliveries(made)
    assert 590 < (waiting.next_at or 0) - time() <= 600


async def test_a_rotated_key_is_sent_what_follows(hooks: Hooks, receiver: Receiver) -> None:
    hooks.add(receiver, Role.BRAND)
    await hooks.happen(EVENTS[0])
    await receiver.count(1)
    hooks.state.store.rotate(hooks.ids[Role.BRAND], now=int(time()))
    await hooks.happen(EVENTS[3], EVENTS[4])
    await receiver.count(2)
    assert types(receiver, Role.BRAND) == ["run.published", "brief.created"]


async def test_a_revoked_key_is_sent_nothing_more(hooks: Hooks, receiver: Receiver) -> None:
    made = hooks.add(receiver, Role.BRAND)
    other = hooks.add(receiver, Role.PARTNER)
    await hooks.happen(EVENTS[0])
    await receiver.count(2)
    hooks.state.store.revoke(hooks.ids[Role.BRAND], now=int(time()))
    await hooks.happen(EVENTS[0], EVENTS[3])
    await receiver.until(lambda receiver: len(types(receiver, Role.PARTNER)) == 3)
    assert types(receiver, Role.BRAND) == ["run.published"]
    assert (await hooks.disabled(receiver, made))[0] is Reason.KEY_ENDED
    assert hooks.webhook(other).disabled_at is None


async def test_a_key_revoked_while_the_receiver_is_waited_for_is_sent_nothing_more(hooks: Hooks, receiver: Receiver) -> None:
    receiver.answers = [(503, {"Retry-After": "1"})]
    made = hooks.add(receiver, Role.BRAND)
    await hooks.happen(EVENTS[0])
    await receiver.count(1)
    hooks.state.store.revoke(hooks.ids[Role.BRAND], now=int(time()))
    assert (await hooks.disabled(receiver, made))[0] is Reason.KEY_ENDED
    assert len(receiver.got) == 1


async def test_after_a_rotation_both_secrets_sign(hooks: Hooks, receiver: Receiver) -> None:
    made = hooks.add(receiver)
    new = hooks.store.rotate(made.id, until=int(time()) + 60)
    await hooks.happen(EVENTS[0])
    (got,) = await receiver.count(1)
    assert got.verified(new) == got.verified(made.secret)
    hooks.store.rotate(made.id, until=0)
    await hooks.happen(EVENTS[0])
    got = (await receiver.count(2))[1]
    with pytest.raises(Exception, match="signature"):
        got.verified(new)


async def test_replay_from_an_event_and_of_one_delivery(hooks: Hooks, receiver: Receiver) -> None:
    made = hooks.add(receiver)
    await hooks.happen(*EVENTS[:3])
    await receiver.count(3)
    await receiver.until(lambda _: hooks.store.head(made.id) is None)
    hooks.store.replay_after(made.id, 1)
    got = await receiver.count(5)
    assert [each.id for each in got[3:]] == [each.id for each in got[1:3]]
    await receiver.until(lambda _: hooks.store.head(made.id) is None)
    hooks.store.replay(got[0].id, now=int(time()))
    assert (await receiver.count(6))[5].id == got[0].id


async def test_a_webhook_that_is_too_far_behind_says_so(hooks: Hooks, receiver: Receiver) -> None:
    await hooks.happen(*EVENTS)
    await forget_old(hooks.driver, kept=2)
    made = hooks.add(receiver)
    assert (await hooks.disabled(receiver, made))[0] is Reason.EVENTS_GONE
    assert receiver.got == []


async def test_a_subscription_that_the_key_may_not_have_is_refused(hooks: Hooks, receiver: Receiver) -> None:
    made = hooks.add(receiver, Role.CREATOR, query=SCORES, creators=[], by="OVERALL", window="D90")
    reason, error = await hooks.disabled(receiver, made)
    assert (reason, "creators lists 0" in error) == (Reason.REFUSED, True)


@pytest.mark.parametrize(
    ("query", "given"),
    [
        (RANKING, {"by": "OVERALL", "window": "D90", "region": "GB", "first": 10}),
        (RANKING, {"by": "OVERALL", "window": "D90", "category": "Category:none", "first": 10}),
        (CHANGED, {"kinds": []}),
    ],
)
async def test_a_subscription_that_no_plan_answers_is_refused(hooks: Hooks, receiver: Receiver, query: str, given: dict[str, Any]) -> None:
    made = hooks.add(receiver, Role.BRAND, query=query, **given)
    reason, error = await hooks.disabled(receiver, made)
    assert (reason, bool(error)) == (Reason.REFUSED, True)


async def test_nothing_goes_to_private_addresses_unless_allowed(graph: AsyncDriver, tmp_path: Path, receiver: Receiver) -> None:
    async with hooks_of(graph, tmp_path, webhooks_to_private_addresses=False) as hooks:
        made = hooks.add(receiver)
        await hooks.happen(EVENTS[0])
        await receiver.until(lambda _: [each.attempts for each in hooks.deliveries(made)] == [1])
        assert "not public" in (hooks.deliveries(made)[0].error or "")
    assert receiver.got == []


async def test_of_several_processes_one_sends_and_another_takes_over(graph: AsyncDriver, tmp_path: Path, receiver: Receiver) -> None:
    async with hooks_of(graph, tmp_path) as first:
        first.add(receiver)
        other = process(graph, tmp_path, webhooks_to_private_addresses=True)
        async with other.run, sending(other):
            await first.happen(*EVENTS)
            await receiver.count(5)
            assert [each.id for each in receiver.got] == list(dict.fromkeys(each.id for each in receiver.got))
            sent: Mapping[str, float] = {each.labels["state"]: each.value for each in next(iter(other.metrics.webhooks.collect())).samples}
            assert sent == {}, "the other one waits"
        other.store.close()
