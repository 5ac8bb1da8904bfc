"""Computed fields on a creator's scores: why one changed, what would raise it, how it went."""
