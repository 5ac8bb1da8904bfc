"""`auditVerification`: whether the audit log is as it was written."""

from __future__ import annotations

import asyncio
from time import time
from typing import Final

from api.access.table import Permission
from api.audit.checking import checked
from api.features.disclosures.types import AuditVerification
from api.graphql.execution.field_context import FieldContext
from graph.dates import iso_time

SHOWN: Final = 20


class _Turn:
    """Lets one verification of a process read the log at a time."""

    def __init__(self) -> None:
        self.lock = asyncio.Lock()


async def audit_verification(context: FieldContext) -> AuditVerification:
    """Return the verdict of now; nothing of an earlier one is used, since a log may be touched without its checkpoint."""
    context.allowed(Permission.AUDIT)
    async with context.state.own.of(_Turn).lock:
        found = await asyncio.to_thread(checked, context.state.settings.home)
    return AuditVerification(
        sound=found.sound,
        entries=found.size,
        first_kept=found.first,
        problem_count=len(found.problems),
        problems=found.problems[:SHOWN],
        checked_at=iso_time(int(time())),
    )
