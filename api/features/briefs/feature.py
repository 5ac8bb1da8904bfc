"""Saved briefs and their runs."""

from __future__ import annotations

from typing import Final

from api.features.briefs.briefs import brief, brief_runs, brief_versions, briefs, candidates, compare_brief_runs, wanted
from api.features.briefs.examples import EXAMPLES
from api.features.briefs.mutations import Mutation
from api.features.briefs.types import Query
from api.features.feature import Feature

FEATURE: Final = Feature(
    fields={
        ("Brief", "wanted"): wanted,
        ("BriefRun", "candidates"): candidates,
        ("Query", "briefs"): briefs,
        ("Query", "brief"): brief,
        ("Query", "briefVersions"): brief_versions,
        ("Query", "briefRuns"): brief_runs,
        ("Query", "compareBriefRuns"): compare_brief_runs,
    },
    examples=EXAMPLES,
    query=Query,
    mutation=Mutation,
)
