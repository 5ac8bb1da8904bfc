"""Creators side by side."""

from __future__ import annotations

from typing import Any

import pytest

import scoring
from tests.api.features.finding_market import Finding

WHOLE = """{ creators { id handle } missing window category { id }
  indicators { indicator best { id } scores { creator { id } value low high evidence percentile reason }
    differences { ahead { id } behind { id } points distinct } } }"""


async def compared(finding: Finding, who: str, creators: list[str], more: str = "") -> Any:
    query = f"query ($ids: [ID!]!) {{ compare(creators: $ids {more}) {WHOLE} }}"
    return (await finding.ask(who, query, ids=creators))["compare"]


async def test_scores_are_those_of_the_creators_and_differences_follow_from_their_intervals(finding: Finding) -> None:
    found = await compared(finding, "brand", ["Creator:c11", "c01", "Creator:c02"])
    assert [each["id"] for each in found["creators"]] == ["Creator:c11", "Creator:c01", "Creator:c02"]
    assert (found["window"], found["category"], found["missing"]) == ("D90", None, [])
    assert [each["indicator"] for each in found["indicators"]] == [name.upper() for name in scoring.NAMES]
    asked = (
        '{ nodes(ids: ["Creator:c11", "Creator:c01", "Creator:c02"]) { ... on Creator { contentVolume { value low high percentile } } } }'
    )
    read = [each["contentVolume"] for each in (await finding.ask("brand", asked))["nodes"]]
    volume = next(each for each in found["indicators"] if each["indicator"] == "CONTENT_VOLUME")
    assert [{name: each[name] for name in ("value", "low", "high", "percentile")} for each in volume["scores"]] == read
    assert len(volume["differences"]) == 3
    for indicator in found["indicators"]:
        scores = {each["creator"]["id"]: each for each in indicator["scores"] if each["value"] is not None}
        assert indicator["best"]["id"] == max(scores, key=lambda each: scores[each]["value"])
        for each in indicator["differences"]:
            ahead, behind = scores[each["ahead"]["id"]], scores[each["behind"]["id"]]
            assert each["points"] == pytest.approx(ahead["value"] - behind["value"])
            assert each["distinct"] == (ahead["low"] > behind["high"])


async def test_who_has_no_score_has_a_reason_and_is_in_no_difference(finding: Finding) -> None:
    found = await compared(finding, "admin", ["c01", "c13"], 'category: "1", window: D28')
    assert (found["window"], found["category"]["id"]) == ("D28", "Category:1")
    for each in found["indicators"]:
        assert each["differences"] == []
        nobody = each["scores"][1]
        assert nobody["value"] is None
        assert nobody["reason"]
        assert all((score["value"] is None) == (score["reason"] is not None) for score in each["scores"])


async def test_who_is_not_to_be_seen_is_missing(finding: Finding) -> None:
    found = await compared(finding, "brand", ["Creator:c03", "absent", "c01"])  # c03 sells in GB
    assert [each["id"] for each in found["creators"]] == ["Creator:c01"]
    assert found["missing"] == ["Creator:c03", "absent"]
    assert all(len(each["scores"]) == 1 for each in found["indicators"])


async def test_a_category_that_is_not_there_is_an_error(finding: Finding) -> None:
    query = 'query ($ids: [ID!]!) { compare(creators: $ids, category: "none such") { missing } }'
    assert await finding.code("brand", query, ids=["c01", "c02"]) == "BAD_USER_INPUT"


@pytest.mark.parametrize(("who", "creators", "code"), [("creator", ["c01", "c02"], "FORBIDDEN"), ("brand", ["c01"], "BAD_USER_INPUT")])
async def test_what_cannot_be_compared_is_refused(finding: Finding, who: str, creators: list[str], code: str) -> None:
    assert await finding.code(who, "query ($ids: [ID!]!) { compare(creators: $ids) { missing } }", ids=creators) == code
