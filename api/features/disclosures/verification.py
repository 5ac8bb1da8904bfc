"""`auditVerification`: whether the audit log is as it was written."""

from __future__ import annotations

import asyncio
from pathlib import Path
from time import time
from typing import Final

from api.access.table import Permission
from api.audit.checking import checked
from api.audit.verification import Verdict
from api.features.disclosures.types import AuditVerification
from api.graphql.execution.field_context import FieldContext
from graph.dates import iso_time

SHOWN: Final = 20


class Going:
    """The one verification of a process that reads the log, if any: its thread reads to the end, whoever has given up waiting."""

    def __init__(self) -> None:
        """Begin nothing yet."""
        self._task: asyncio.Task[Verdict] | None = None

    async def verdict(self, home: Path) -> Verdict:
        """Return the verdict of the verification that is going, or else of a new one."""
        if self._task is None:
            self._task = asyncio.create_task(asyncio.to_thread(checked, home))
            self._task.add_done_callback(self._over)
        return await asyncio.shield(self._task)

    def _over(self, task: asyncio.Task[Verdict]) -> None:
        self._task = None
        if not task.cancelled():
            task.exception()  # seen, though nobody may be waiting any more


async def audit_verification(context: FieldContext) -> AuditVerification:
    """Return the verdict of now; nothing of one that is over is used, since a log may be touched without its checkpoint."""
    context.allowed(Permission.AUDIT)
    found = await context.state.own.of(Going).verdict(context.state.settings.home)
    return AuditVerification(
        sound=found.sound,
        entries=found.size,
        first_kept=found.first,
        problem_count=len(found.problems),
        problems=found.problems[:SHOWN],
        checked_at=iso_time(int(time())),
    )
