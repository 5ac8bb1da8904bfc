"""What spoke for and against a creator when a brief was run, as it is kept with the run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

import orjson

from api.features.briefs.types import CandidateReason


class RunReasons(TypedDict):
    """Reasons for and against one creator; None where the run was kept without them."""

    reasons_for: list[CandidateReason] | None
    reasons_against: list[CandidateReason] | None


def text_of(reasons_for: Sequence[CandidateReason], reasons_against: Sequence[CandidateReason]) -> str:
    """Return reasons as JSON."""
    return orjson.dumps({"for": reasons_for, "against": reasons_against}).decode()


def reasons_of(text: str | None) -> RunReasons:
    """Return the reasons that `text_of` wrote, None for both where nothing is kept."""
    if text is None:
        return RunReasons(reasons_for=None, reasons_against=None)
    said = orjson.loads(text)
    return RunReasons(reasons_for=[_reason(each) for each in said["for"]], reasons_against=[_reason(each) for each in said["against"]])


def _reason(said: Mapping[str, Any]) -> CandidateReason:
    """Return a reason by the names that it is kept under, whatever its fields are called by now."""
    return CandidateReason(criterion=said.get("criterion"), points=said.get("points", 0.0), text=said.get("text", ""))
