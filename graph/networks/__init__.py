"""What lies around a brand, the neighbours of nodes, and the ways between two: bounded reads of the graph."""

from graph.networks.around import Around, Asked, Neighbour, Worked, around
from graph.networks.neighbours import Expansion, Neighbours, neighbours_of
from graph.networks.walks import End, Step, Walk
from graph.networks.ways import KINDS, Between, Ways, ways

__all__ = [
    "KINDS",
    "Around",
    "Asked",
    "Between",
    "End",
    "Expansion",
    "Neighbour",
    "Neighbours",
    "Step",
    "Walk",
    "Ways",
    "Worked",
    "around",
    "neighbours_of",
    "ways",
]
