"""Analysts' Cypher: how it runs, and how much of it at once."""
