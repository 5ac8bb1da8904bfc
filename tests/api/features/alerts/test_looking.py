"""Who matches what an alert watches is who `creators` and `ranking` answer to its key."""

from __future__ import annotations

from typing import Any

import pytest

from api.alerts.looking import matches
from api.errors import ApiError
from api.graphql.execution.execution import execute
from api.graphql.execution.request import GraphQLRequest
from tests.api.features.finding_market import VIEWERS, Finding

RANKED: dict[str, Any] = {"by": "OVERALL", "window": "D90", "category": None, "region": "US", "filter": None}


async def ids(finding: Finding, who: str, query: str) -> list[str]:
    result = await execute(GraphQLRequest(f"{{ page: {query} {{ nodes {{ id }} }} }}"), VIEWERS[who], finding.state)
    assert "errors" not in result, result["errors"]
    return [each["id"].removeprefix("Creator:") for each in result["data"]["page"]["nodes"]]


async def test_the_first_places_of_a_ranking(finding: Finding) -> None:
    for who in ("admin", "partner"):
        watches = {"enter": {**RANKED, "first": 2}, "stay": {**RANKED, "first": 4}}
        found = await matches(watches, VIEWERS[who], finding.state)
        assert list(found.entering) == await ids(finding, who, 'ranking(by: OVERALL, region: "US", first: 2)')
        assert found.staying == {*await ids(finding, who, 'ranking(by: OVERALL, region: "US", first: 4)')}
        assert len(found.entering) == 2


async def test_a_filter_over_several_pages(finding: Finding, monkeypatch: pytest.MonkeyPatch) -> None:
    scored = {"filter": {"score": {"indicator": "OVERALL", "window": "D90", "min": 1.0}}}
    found = await matches({"enter": scored}, VIEWERS["admin"], finding.state)
    every = await ids(finding, "admin", "creators(filter: {score: {indicator: OVERALL, min: 1}}, first: 100)")
    assert {*found.entering} == found.staying == {*every}
    assert len(every) > 2
    monkeypatch.setattr("api.alerts.looking.MOST", 1)
    with pytest.raises(ApiError, match="more than 1 creators"):
        await matches({"enter": scored}, VIEWERS["admin"], finding.state)
