"""Queries that others write: guarded, kept and run."""
