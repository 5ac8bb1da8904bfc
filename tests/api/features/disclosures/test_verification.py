"""`auditVerification` tells administrators whether the log is as it was written."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path
from typing import Any

import pytest

from api.access.viewer import Role
from api.audit.files import ENTRIES, FOLDER, LogFiles
from api.audit.verification import Verdict
from api.features.disclosures.verification import Going
from api.graphql.execution.execution import execute
from api.graphql.execution.request import GraphQLRequest
from api.process.state import State
from tests.api.audit.writing import log_of
from tests.api.features.conftest import Mutate, asked

VERIFIED = "{ auditVerification { sound entries firstKept problemCount problems } }"


async def verification(state: State) -> dict[str, Any]:
    return (await asked(state, Role.ADMIN, VERIFIED))["auditVerification"]


@pytest.mark.usefixtures("mutate")
async def test_a_log_is_sound_until_an_entry_is_edited(state: State) -> None:
    assert await verification(state) == {"sound": True, "entries": 0, "firstKept": 0, "problemCount": 0, "problems": []}
    log_of(state.settings.home, 256, 20)
    assert await verification(state) == {"sound": True, "entries": 276, "firstKept": 0, "problemCount": 0, "problems": []}
    bundle = LogFiles(state.settings.home / FOLDER).tile(ENTRIES, 0)
    content = bundle.read_bytes()
    bundle.chmod(0o600)
    bundle.write_bytes(content.replace(b"k0000003", b"k0000004", 1))
    found = await verification(state)
    assert (found["sound"], found["entries"], found["problemCount"]) == (False, 276, len(found["problems"]))
    assert "entry 3" in " ".join(found["problems"])


async def test_it_is_for_administrators(state: State, mutate: Mutate) -> None:
    for role in (Role.ANALYST, Role.PARTNER, Role.BRAND, Role.CREATOR):
        (viewer,) = (each.viewer for each in state.store.records() if each.grant.role is role)
        result = await execute(GraphQLRequest(VERIFIED), viewer, state)
        assert [each["extensions"]["code"] for each in result["errors"]] == ["FORBIDDEN"]
        assert result["data"] == {"auditVerification": None}


async def test_one_reads_the_log_though_others_give_up_and_ask_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, free, going = list[Path](), threading.Event(), Going()

    def slow(home: Path) -> Verdict:
        begun.append(home)
        assert free.wait(60)
        return Verdict(size=len(begun))

    monkeypatch.setattr("api.features.disclosures.verification.checked", slow)
    try:
        for _ in range(3):
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(going.verdict(tmp_path), 0.2)
        waiting = [asyncio.create_task(going.verdict(tmp_path)) for _ in range(2)]
        await asyncio.wait(waiting, timeout=0.2)
    finally:
        free.set()
    assert [(await each).size for each in waiting] == [1, 1]
    assert (await going.verdict(tmp_path)).size == 2
