"""Proofs of ratings: a signed manifest for each scoring run, and the verification of what was exported with it."""
