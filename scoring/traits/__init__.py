"""Latent traits: one true value for each creator, seen through several readings, each with an error of its own.

`Component` declares a trait and what reads it; `learnt` finds what all creators share (the peers' distribution, each
reading's bias, slope and noise); `posteriors` says what that and a row's own readings tell about its creator.
"""

from scoring.traits.component import Component
from scoring.traits.families import counts, rate, successes, value
from scoring.traits.readings import Reading

__all__ = ["Component", "Reading", "counts", "rate", "successes", "value"]
