"""`disclosures` of whoever is gone: entries name them still."""

from __future__ import annotations

import pytest

from api.access.viewer import Role
from api.process.state import State
from tests.api.audit.writing import log_of
from tests.api.features.conftest import asked


@pytest.mark.usefixtures("mutate")
@pytest.mark.parametrize("page", ["first: 0", 'first: 9, until: "2001-01-01T00:00:00Z"'])
async def test_a_key_that_is_gone_is_known_as_long_as_entries_name_it(state: State, page: str) -> None:
    log_of(state.settings.home, 20)
    assert state.store.grant("k0000003") is None
    found = await asked(state, Role.ADMIN, f'{{ disclosures(key: "k0000003", {page}) {{ nodes {{ index }} }} }}')
    assert found == {"disclosures": {"nodes": []}}
