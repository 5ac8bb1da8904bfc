"""What lies around a brand, and the ways between two nodes: bounded reads of the graph."""

from graph.networks.around import Around, Asked, Neighbour, around

__all__ = ["Around", "Asked", "Neighbour", "around"]
