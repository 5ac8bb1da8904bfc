"""What a run keeps for the next one to be held against."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, LiteralString

from neo4j import AsyncDriver

PROFILE: Final[LiteralString] = """
MATCH (run:ScoringRun {status: 'current'})
RETURN run.formulaVersion AS formulaVersion, run.profile AS profile
ORDER BY run.id DESC
LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class KeptProfile:
    """The profile of the current run as text, and the formula that its scores were made by."""

    formula_version: str
    text: str


async def current_profile(driver: AsyncDriver, *, database: str) -> KeptProfile | None:
    """Return the current run's profile; None before the first run, and where that was made before runs kept one."""
    records = (await driver.execute_query(PROFILE, database_=database)).records
    if not records or records[0]["profile"] is None:
        return None
    return KeptProfile(records[0]["formulaVersion"], records[0]["profile"])
