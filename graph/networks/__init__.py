"""What lies around a brand, and the ways between two nodes: bounded reads of the graph."""

from graph.networks.around import Around, Asked, Neighbour, around
from graph.networks.walks import End, Step, Walk
from graph.networks.ways import KINDS, Between, Ways, ways

__all__ = ["KINDS", "Around", "Asked", "Between", "End", "Neighbour", "Step", "Walk", "Ways", "around", "ways"]
