"""A small market in partner form, without a graph: its truth and what its files say."""

from dataclasses import replace
from pathlib import Path

import pytest

from simulation import Market, market
from simulation.regimes import USUAL
from simulation.responses import write_responses
from validation.planted import Planted, planted_in
from validation.seen import Seen, seen_in


@pytest.fixture(scope="session")
def little() -> Market:
    return market(5, creators=200, days=120, regions=("US", "ID"), like=replace(USUAL, sums_only=0.0))


@pytest.fixture(scope="session")
def planted(little: Market) -> Planted:
    return planted_in(little)


@pytest.fixture(scope="session")
def seen(little: Market, planted: Planted, tmp_path_factory: pytest.TempPathFactory) -> Seen:
    folder: Path = tmp_path_factory.mktemp("seen")
    write_responses(little.world, folder)
    return seen_in(folder / "shops", planted)
