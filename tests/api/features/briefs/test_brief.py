from __future__ import annotations

from typing import Any

import pytest

from api.access.table import in_fives
from api.errors import BadUserInput
from api.features.briefs.brief import MOST_NAMED, Budget, Wanted, stored, wanted_of
from api.graphql.execution.arguments import local, several

FULL: dict[str, Any] = {
    "goal": "REACH",
    "brand": "Brand:b",
    "category": "k",
    "search": "  two \n words ",
    "regions": ["US", "GB", "US"],
    "budget": {"amount": 5, "currency": " usd"},
    "audience": [{"dimension": "GENDER", "bucket": "M", "share": 0.3}, {"dimension": "AGE", "bucket": "18-24", "share": 1}],
    "followers": {"min": 3},
    "minimumScores": [{"indicator": "salesAbility", "min": 20}],
    "excludeWorkedWith": True,
    "excludeExclusiveTo": ["Brand:y", "x"],
    "excludeCreators": ["US:handle", "Creator:US:handle"],
}


def test_wishes_are_kept_in_own_ids_and_in_order() -> None:
    wanted = wanted_of(FULL)
    assert (wanted.brand_id, wanted.category_id, wanted.search, wanted.regions) == ("b", "k", "two words", ("GB", "US"))
    assert wanted.budget == Budget(5.0, "USD")
    assert [each.dimension for each in wanted.audience] == ["AGE", "GENDER"]
    assert wanted.minimum_scores[0].indicator == "SALES_ABILITY"
    assert (wanted.exclusive_ids, wanted.creator_ids) == (("x", "y"), ("US:handle",))


def test_what_is_stored_comes_back_and_equal_wishes_are_equal_text() -> None:
    wanted = wanted_of(FULL)
    assert stored(wanted.text()) == wanted
    assert wanted_of({**FULL, "regions": ["GB", "US"]}).text() == wanted.text()
    assert stored(Wanted().text()) == Wanted() == wanted_of(None) == wanted_of(dict.fromkeys(FULL, None))


def test_a_wish_of_a_later_version_is_left_out() -> None:
    assert stored(Wanted().text().replace('"goal"', '"hair":"red","goal"')) == Wanted()


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ({"brand": "Creator:c"}, "is the id of a Creator"),
        ({"search": "x" * 201}, "201 characters"),
        ({"budget": {"amount": -1, "currency": "USD"}}, "give zero or more"),
        ({"budget": {"amount": 1, "currency": "US$"}}, "ISO 4217"),
        ({"audience": [{"dimension": "AGE", "bucket": "a", "share": -0.1}]}, "give 0 to 1"),
        ({"audience": [{"dimension": "AGE", "bucket": each, "share": 0.6} for each in "ab"]}, "sum to 1.2"),
        ({"audience": [{"dimension": "AGE", "bucket": "a", "share": 0.1}] * 2}, "more than once"),
        ({"audience": [{"dimension": "AGE", "bucket": str(each), "share": 0.0} for each in range(51)]}, "51 entries"),
        ({"minimumScores": [{"indicator": "overall", "min": 101}]}, "give 0 to 100"),
        ({"minimumScores": [{"indicator": "overall", "min": 1}, {"indicator": "overall", "min": 2}]}, "more than once"),
        ({"excludeCreators": [str(each) for each in range(MOST_NAMED + 1)]}, "1,001 entries"),
    ],
)
def test_what_breaks_a_rule_is_named(broken: dict[str, Any], said: str) -> None:
    with pytest.raises(BadUserInput, match=said):
        wanted_of(broken)


def test_ids_are_local_or_global_of_the_right_kind() -> None:
    assert [local("id", each, "Brief") for each in ("Brief:x", "x")] == ["x", "x"]
    assert local("id", "US:handle", "Creator") == "US:handle"
    assert several("creators", ["Creator:a", "b", "a"], "Creator", least=2, most=2) == {"a": "Creator:a", "b": "b"}
    with pytest.raises(BadUserInput, match="lists 1 creator; give 2 to 10"):
        several("creators", ["a", "Creator:a"], "Creator", least=2, most=10)


def test_counts_are_told_in_whole_fives() -> None:
    assert [in_fives(count) for count in (0, 4, 5, 9, 10, 14)] == [None, None, 5, 5, 10, 10]
