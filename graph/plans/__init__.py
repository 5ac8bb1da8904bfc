"""Selections as Cypher: what a reader asks, within what they may see, as one query."""
