"""What can go wrong while loading, beside rows that are rejected."""

from graph.errors import GraphError


class LoadError(GraphError):
    """Loading cannot go on; what is already in the graph is whole, and the import can be run again."""


class LockLost(LoadError):
    """The transaction that keeps other imports out has ended before its time."""


class BulkRefused(LoadError):
    """What is to be imported cannot be loaded offline."""
