"""What can be wrong with the market asked for.

SimulationError
├── MarketTooSmall     nothing can be planted in so few creators or days
├── EndRefused         a time that the ids of contents cannot hold
├── UnknownRegion      a region that the simulation does not know
├── UnknownRegime      a regime that the simulation does not know
├── UndeclaredColumn   a table and the model have grown apart
└── FolderRefused      the folder to write into is not empty, or lies where it must not
"""

from __future__ import annotations

from graph.errors import GraphError


class SimulationError(GraphError):
    """The root of every error of the simulation."""


class MarketTooSmall(SimulationError):
    """A market of so few creators or days that nothing can be planted in it."""


class EndRefused(SimulationError):
    """An end so early or late that the ids of contents, which hold their time, are not believed."""


class UnknownRegion(SimulationError):
    """A region that the simulation does not know."""


class UnknownRegime(SimulationError):
    """A regime that the simulation does not know."""


class UndeclaredColumn(SimulationError):
    """A column that the model's table does not have."""


class FolderRefused(SimulationError):
    """The folder to write into is not empty, or lies where it must not."""
