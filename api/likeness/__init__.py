"""Likeness: vectors made by a scoring run, and looked through in memory by whoever serves it."""
