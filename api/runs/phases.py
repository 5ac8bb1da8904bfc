"""What the phases of a scoring run are called where a person reads them."""

from __future__ import annotations

from typing import Final

PHASES: Final = {
    "clean": "cleaning up",
    "read": "reading the facts",
    "score": "scoring",
    "outward": "scoring for brands and partners",
    "forecast": "forecasting",
    "liken": "comparing creators",
    "expect": "predicting",
    "compare": "reading the previous run",
    "store": "storing scorecards",
    "share": "storing scorecards for brands and partners",
    "sign": "signing",
    "publish": "publishing",
    "drop": "dropping old runs",
}
