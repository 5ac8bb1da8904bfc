"""Each mutation records the event that it declares, once, and none where nothing changed."""

from __future__ import annotations

from typing import Any

import pytest
from neo4j import AsyncDriver

from api.access.viewer import Role
from graph.feeds import followed
from tests.api.features.conftest import Mutate

RATE = 'rateCollaboration(input: {collaborationId: "Collaboration:k1", rating: %d}) { userErrors { code } }'
CONTEST = 'contestEvent(input: {subjectId: "Sale:o1:1", reason: "%s"}) { appeal { id } userErrors { code } }'
DECIDE = 'decideAppeal(input: {appealId: "Appeal:c1|Sale|o1:1", decision: UPHELD, answer: "seen"}) { userErrors { code } }'
CONSENT = "setSalesConsent(input: {consent: %s}) { userErrors { code } }"
SAVE = 'saveQuery(input: {name: "count", description: "How many.", text: "%s"}) { savedQuery { version } userErrors { code message } }'
DROP = 'deleteSavedQuery(input: {name: "count"}) { versions userErrors { code } }'
COUNT = "MATCH (c:Creator) RETURN count(c) AS creators"


async def happened(graph: AsyncDriver) -> list[tuple[Any, ...]]:
    found = [each.event async for each in followed(graph, 0)]
    return [(each.kind.name, each.subject, dict(each.payload), each.brand, each.creator) for each in found]


@pytest.mark.parametrize(
    ("role", "texts", "events"),
    [
        (
            Role.BRAND,
            [
                RATE % 4,
                RATE % 4,
                RATE % 5,
                'rateCollaboration(input: {collaborationId: "Collaboration:k3", rating: 1}) { userErrors { code } }',
            ],
            [
                ("collaboration.rated", "k1", {"rating": 4.0}, "b1", "c1"),
                ("collaboration.rated", "k1", {"rating": 5.0}, "b1", "c1"),
            ],
        ),
        (
            Role.CREATOR,
            [CONTEST % "why", CONTEST % "why", CONTEST % "because"],
            [("event.contested", "c1|Sale|o1:1", {"subject": "Sale:o1:1"}, None, "c1")] * 2,
        ),
        (
            Role.CREATOR,
            [CONSENT % "true", CONSENT % "true", CONSENT % "false"],
            [
                ("consent.changed", "c1", {"consent": True}, None, "c1"),
                ("consent.changed", "c1", {"consent": False}, None, "c1"),
            ],
        ),
        (
            Role.ANALYST,
            [SAVE % COUNT, SAVE % COUNT, SAVE % COUNT.replace("creators", "many"), DROP, DROP],
            [
                ("query.saved", "count", {"version": 1}, None, None),
                ("query.saved", "count", {"version": 2}, None, None),
                ("query.deleted", "count", {}, None, None),
            ],
        ),
    ],
)
async def test_what_changed_is_recorded_once(
    graph: AsyncDriver, mutate: Mutate, role: Role, texts: list[str], events: list[tuple[Any, ...]]
) -> None:
    for text in texts:
        await mutate(role, text)
    assert await happened(graph) == events


async def test_a_decision_is_recorded_with_the_appeal(graph: AsyncDriver, mutate: Mutate) -> None:
    await mutate(Role.CREATOR, CONTEST % "why")
    for _ in range(2):
        await mutate(Role.ADMIN, DECIDE)
    assert [each[:3] for each in await happened(graph)] == [
        ("event.contested", "c1|Sale|o1:1", {"subject": "Sale:o1:1"}),
        ("appeal.decided", "c1|Sale|o1:1", {"status": "UPHELD"}),
    ]


async def test_briefs_record_what_became_of_them(graph: AsyncDriver, mutate: Mutate) -> None:
    made = await mutate(Role.BRAND, 'createBrief(input: {name: "one", brief: {}}) { brief { id } userErrors { code message } }')
    id_ = made["brief"]["id"]
    for name in ("two", "two"):
        await mutate(Role.BRAND, f'updateBrief(input: {{briefId: "{id_}", name: "{name}"}}) {{ userErrors {{ code }} }}')
    await mutate(Role.BRAND, f'deleteBrief(input: {{briefId: "{id_}"}}) {{ deletedBriefId userErrors {{ code }} }}')
    own = id_.removeprefix("Brief:")
    assert await happened(graph) == [
        ("brief.created", own, {"version": 1}, "b1", None),
        ("brief.updated", own, {"version": 2}, "b1", None),
        ("brief.deleted", own, {}, "b1", None),
    ]
