"""Who sees sales as ranges is told nothing of a category that few brands sell in, and hears the same of one that is not there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph.plans.errors import InvalidValue
from graph.plans.inputs import Inputs
from graph.plans.told import ToldCategory, check_told, tells
from graph.plans.visibility import Reach, Visibility
from graph.runs import WORLD, Run, outward_id, scope_key

OUTWARD = Visibility(Reach.REGIONS, Reach.REGIONS, Reach.OWN, Reach.COUNTS, Reach.RANGES, regions=("US",), brands=("acme",))
INNER = replace(OUTWARD, exact_sales=Reach.ALL)


TOLD = {scope_key(outward_id("r1"), 90, category, WORLD): (1, {}) for category in ("*", "beauty")}
RUN = Run("r1", 0, "1", (), (), 0, 0, 1, 1, 0.0, 0, {}, TOLD, 2)


def inputs(visibility: Visibility, run: Run | None) -> Inputs:
    return Inputs({}, visibility, run and run.outward() if visibility.outward else run, None, 5, 100, {})  # pyright: ignore[reportArgumentType] -- no cursor is read or written


@pytest.mark.parametrize("name", ["lips", "nowhere", "Category:lips"])
def test_a_small_category_and_none_at_all_are_the_same_error(name: str) -> None:
    with pytest.raises(
        InvalidValue, match=r"there is no category with the id '(lips|nowhere)' that at least five.*use a larger category"
    ) as error:
        ToldCategory("filter.soldIn")(name, inputs(OUTWARD, RUN))
    assert str(error.value).startswith("filter.soldIn: ")


def test_others_and_larger_categories_pass() -> None:
    assert ToldCategory("category")("Category:beauty", inputs(OUTWARD, RUN)) == "beauty"
    assert ToldCategory("category")("lips", inputs(INNER, RUN)) == "lips"
    assert ToldCategory("category")(None, inputs(OUTWARD, RUN)) is None
    check_told("category", "*", RUN.outward())
    check_told("category", "lips", None)


def test_it_is_told_beforehand_which_categories_pass() -> None:
    assert [tells(RUN.outward(), each) for each in ("beauty", "lips", "nowhere")] == [True, False, False]
    assert tells(RUN, "lips")
    assert tells(None, "lips")
