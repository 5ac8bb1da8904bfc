"""What can go wrong with an export."""

from __future__ import annotations

from graph.errors import GraphError


class ExportError(GraphError):
    """An export could not be made."""


class FileThere(ExportError):
    """Something stands under the name that the export was to have."""


class FormatRefused(ExportError):
    """The format is unknown, or cannot hold what is exported."""


class ValueRefused(ExportError):
    """A value is not of the type that its column declares, and would lose something as such."""


class RunDropped(ExportError):
    """The scoring run is not there, or was dropped while it was read."""


class TooLong(ExportError):
    """One batch took the database longer than allowed."""
