"""Webhooks are managed by the key that they belong to, and by no other."""

from __future__ import annotations

from time import time
from typing import Any

import pytest

from api.access.viewer import Role
from api.process.state import State
from api.webhooks.deliveries import Attempt, Deliveries, Status
from tests.api.features.conftest import Mutate, asked
from tests.api.webhooks.receiver import receiving

CREATE = 'createWebhook(input: {{url: "{url}"{more}}}) {{ secret webhook {{ webhookId url variables keyId }} userErrors {{ field code }} }}'
URL = "https://example.org/hooks"


def create(url: str = URL, more: str = "") -> str:
    return CREATE.format(url=url, more=more)


async def test_each_role_has_its_own(state: State, mutate: Mutate) -> None:
    made = {role: (await mutate(role, create()))["webhook"]["webhookId"] for role in Role}
    for role in Role:
        found = (await asked(state, role, "{ webhooks { totalCount nodes { webhookId disabledAt failing cursor } } }"))["webhooks"]
        ids = [each["webhookId"] for each in found["nodes"]]
        assert ids == (list(made.values()) if role is Role.ADMIN else [made[role]])
        assert found["totalCount"] == len(ids)
    assert (await asked(state, Role.BRAND, f'{{ webhook(webhook: "{made[Role.PARTNER]}") {{ url }} }}'))["webhook"] is None
    assert (await asked(state, Role.ADMIN, f'{{ webhook(webhook: "{made[Role.PARTNER]}") {{ url }} }}'))["webhook"] == {"url": URL}
    for text in (
        'updateWebhook(input: {webhookId: "ID", url: "https://example.com/"}) { userErrors { code } }',
        'deleteWebhook(input: {webhookId: "ID"}) { userErrors { code } }',
        'rotateWebhookSecret(input: {webhookId: "ID"}) { userErrors { code } }',
        'testWebhook(input: {webhookId: "ID"}) { userErrors { code } }',
        'enableWebhook(input: {webhookId: "ID"}) { userErrors { code } }',
    ):
        refused = await mutate(Role.BRAND, text.replace("ID", made[Role.PARTNER]))
        assert refused == {"userErrors": [{"code": "NOT_FOUND"}]}
    assert await mutate(Role.ADMIN, f'deleteWebhook(input: {{webhookId: "{made[Role.PARTNER]}"}}) {{ userErrors {{ code }} }}') == {
        "userErrors": []
    }


@pytest.mark.parametrize(
    ("url", "more", "refusal"),
    [
        ("http://example.org/", "", ("url", "INVALID")),
        ("https://10.0.0.1/", "", ("url", "INVALID")),
        (URL, ', since: "nothing"', ("since", "INVALID")),
        (URL, ", kinds: [RUN_PUBLISHED], ranking: {by: OVERALL}", ("input", "INVALID")),
        (URL, ", kinds: []", ("kinds", "INVALID")),
        (URL, ', ranking: {region: "GB"}', ("ranking", "INVALID")),
        (URL, ', ranking: {category: "Category:none"}', ("ranking", "INVALID")),
        (URL, ", ranking: {first: 0}", ("ranking", "INVALID")),
        (URL, ", scores: {creators: []}", ("scores", "INVALID")),
        (URL, f', description: "{"x" * 201}"', ("description", "TOO_LONG")),
    ],
)
async def test_what_is_refused(mutate: Mutate, url: str, more: str, refusal: tuple[str, str]) -> None:
    made = await mutate(Role.BRAND, create(url, more))
    assert (made["secret"], made["webhook"], made["userErrors"]) == (None, None, [{"field": refusal[0], "code": refusal[1]}])


async def test_a_key_has_as_many_as_the_settings_allow(state: State, mutate: Mutate) -> None:
    most = state.settings.webhooks_per_key
    made = [await mutate(Role.BRAND, create()) for _ in range(most + 1)]
    assert [each["userErrors"] for each in made] == [[]] * most + [[{"field": "input", "code": "TOO_MANY"}]]


async def test_what_is_sent_is_named_by_kinds_scores_or_a_ranking(mutate: Mutate) -> None:
    kinds = await mutate(Role.BRAND, create(more=", kinds: [RUN_PUBLISHED]"))
    assert kinds["webhook"]["variables"] == {"kinds": ["RUN_PUBLISHED"]}
    scores = await mutate(Role.BRAND, create(more=', scores: {creators: ["Creator:c1"], by: COOPERATION}'))
    assert scores["webhook"]["variables"] == {"creators": ["Creator:c1"], "by": "COOPERATION", "window": "D90", "category": None}
    id_ = scores["webhook"]["webhookId"]
    change = f'updateWebhook(input: {{webhookId: "{id_}", ranking: {{region: "US"}}}}) {{ webhook {{ url variables }} }}'
    changed = (await mutate(Role.BRAND, change))["webhook"]
    refused = await mutate(Role.BRAND, change.replace("US", "GB").replace("{ webhook { url variables } }", "{ userErrors { field code } }"))
    assert refused == {"userErrors": [{"field": "ranking", "code": "INVALID"}]}
    assert changed == {"url": URL, "variables": {"by": "OVERALL", "window": "D90", "category": None, "region": "US", "first": 10}}


async def test_a_test_message_says_what_came_of_it(state: State, mutate: Mutate) -> None:
    made = await mutate(Role.BRAND, create())
    with receiving() as receiver, Deliveries.opened(state.settings.home) as store:
        found = store.webhook(made["webhook"]["webhookId"])
        assert found is not None
        store.change(found.id, url=receiver.url, description=None, content=found.content)
        text = f'testWebhook(input: {{webhookId: "{found.id}"}}) {{ delivered responseStatus error userErrors {{ code }} }}'
        refused = await mutate(Role.BRAND, text, now=int(time()))
        assert (refused["delivered"], "not public" in refused["error"], receiver.got) == (False, True, [])


async def test_deliveries_are_listed_and_replayed(state: State, mutate: Mutate) -> None:
    made = (await mutate(Role.BRAND, create()))["webhook"]["webhookId"]
    with Deliveries.opened(state.settings.home) as store:
        for number in (1, 2, 3):
            found = store.webhook(made)
            assert found is not None
            store.queue(found, number, "run.published", now=5)
            head = store.head(made)
            assert head is not None
            store.note(head, Attempt(6, 204), Status.DELIVERED)
    rows = "nodes { deliveryId status attempts responseStatus type } pageInfo { hasNextPage endCursor }"
    listed = f'{{ webhookDeliveries(webhook: "{made}", first: 2, AFTER) {{ {rows} }} }}'
    page = (await asked(state, Role.BRAND, listed.replace(", AFTER", "")))["webhookDeliveries"]
    assert [(each["status"], each["attempts"], each["responseStatus"]) for each in page["nodes"]] == [("DELIVERED", 1, 204)] * 2
    assert page["pageInfo"]["hasNextPage"]
    last: Any = (await asked(state, Role.BRAND, listed.replace("AFTER", f'after: "{page["pageInfo"]["endCursor"]}"')))["webhookDeliveries"]
    (first,) = last["nodes"]
    replay = (
        f'replayWebhookDelivery(input: {{deliveryId: "{first["deliveryId"]}"}}) {{ delivery {{ status attempts }} userErrors {{ code }} }}'
    )
    assert (await mutate(Role.PARTNER, replay))["userErrors"] == [{"code": "NOT_FOUND"}]
    assert await mutate(Role.BRAND, replay) == {"delivery": {"status": "PENDING", "attempts": 0}, "userErrors": []}
