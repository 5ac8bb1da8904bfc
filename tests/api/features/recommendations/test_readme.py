"""The README's queries, each with the key that it names, answered by a small scored market."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.api.features.finding_market import Finding

README = Path(__file__).parents[4].joinpath("README.md").read_text("utf-8")
QUERIES = re.findall(r"```graphql\n(.*?)```", README, flags=re.DOTALL)


def test_there_is_a_query_for_each_of_two_keys() -> None:
    assert len(QUERIES) == 2


@pytest.mark.parametrize(("who", "query"), list(zip(("analyst", "brand"), QUERIES, strict=True)), ids=("analyst", "brand"))
async def test_a_query_of_the_readme_answers_with_something(finding: Finding, who: str, query: str) -> None:
    found = await finding.ask(who, query)
    assert [key for key, value in found.items() if not value] == []
    if who == "analyst":
        assert found["ranking"]["edges"]
        return
    (brand,) = found["viewer"]["brands"]
    lists: dict[str, Any] = {**brand["network"], "lookalikes": brand["lookalikes"], "candidates": found["recommendations"]["candidates"]}
    assert [key for key in ("nodes", "edges", "lookalikes", "candidates") if not lists[key]] == []
