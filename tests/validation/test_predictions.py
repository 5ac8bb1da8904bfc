"""What is expected of creators holds its thresholds on a simulated market of a seed that no constant was looked at with."""

import pytest

from validation.predictions import Figure, figures, page


@pytest.fixture(scope="module")
def found() -> list[Figure]:
    return figures(21, creators=1_000)


def test_every_figure_is_there(found: list[Figure]) -> None:
    assert {each.name.partition(":")[0] for each in found} == {"delivery", "cold start", "spillover"}
    assert len(found) == 6


def test_every_figure_holds_its_threshold(found: list[Figure]) -> None:
    assert not [each for each in found if not each.held]


def test_the_table_has_a_row_for_each_figure() -> None:
    lines = page([21], creators=500, days=120).splitlines()
    assert lines[0] == "| figure | at least | seed 21 |"
    assert all(line.count("|") == 4 for line in lines)
