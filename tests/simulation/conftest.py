"""Two markets for all tests of the simulation: one large enough to find in it what was planted, and a small one."""

import pytest

from simulation import Market, market


@pytest.fixture(scope="session")
def made() -> Market:
    return market(7, creators=1_500)


@pytest.fixture(scope="session")
def small() -> Market:
    return market(3, creators=120, days=60)
