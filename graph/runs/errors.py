"""What can go wrong with a scoring run."""

from __future__ import annotations

from graph.errors import GraphError


class RunError(GraphError):
    """A scoring run could not be made."""


class RunLost(RunError):
    """Another process has taken over while this run was being made."""


class RunOutdated(RunError):
    """A creator objected, or was erased, after the run had read of them."""
