"""Why a plan cannot be made or run as asked; each message gives the value, the rule and the remedy.

PlanError
├── InvalidValue     an argument that breaks a rule
├── TooComplex       more than the database can plan in time
├── Refused          something that this viewer may not ask
└── OutdatedCursor   a cursor of a scoring run that is no longer current
"""

from __future__ import annotations

from graph.errors import GraphError


class PlanError(GraphError):
    """The root of what a reader can get wrong; `picks` are the `Pick`s that cannot be answered for it, none where all cannot."""

    def __init__(self, message: str) -> None:
        """Keep the message; the plan adds the picks."""
        super().__init__(message)
        self.picks: tuple[object, ...] = ()


class InvalidValue(PlanError):
    """An argument breaks a rule that its type cannot say."""


class TooComplex(PlanError):
    """The query would take the database too long to plan, which nothing ends."""


class Refused(PlanError):
    """The answer would tell what the viewer may not see."""


class OutdatedCursor(PlanError):
    """The place that the cursor names belongs to a scoring run that has been superseded."""
