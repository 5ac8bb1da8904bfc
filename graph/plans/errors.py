"""Why a plan cannot be made or run as asked; each message gives the value, the rule and the remedy.

PlanError
├── InvalidValue     an argument that breaks a rule
├── Refused          something that this viewer may not ask
└── OutdatedCursor   a cursor of a scoring run that is no longer current
"""

from __future__ import annotations

from graph.errors import GraphError


class PlanError(GraphError):
    """The root of what a reader can get wrong."""


class InvalidValue(PlanError):
    """An argument breaks a rule that its type cannot say."""


class Refused(PlanError):
    """The answer would tell what the viewer may not see."""


class OutdatedCursor(PlanError):
    """The place that the cursor names belongs to a scoring run that has been superseded."""
