"""What proves a rating: digests of what it was computed from, and the rating computed again."""

from scoring.proof.digests import canonical, columns_digest, declarations_digest, digest
from scoring.proof.recomputation import TOLERANCE, Difference, differences, fact_table
from scoring.proof.scorecards import RatedRows, card_digests, creator_digests, seal, seals, seals_of
from scoring.proof.sealing import sealed_facts, sealed_scores

__all__ = [
    "TOLERANCE",
    "Difference",
    "RatedRows",
    "canonical",
    "card_digests",
    "columns_digest",
    "creator_digests",
    "declarations_digest",
    "differences",
    "digest",
    "fact_table",
    "seal",
    "sealed_facts",
    "sealed_scores",
    "seals",
    "seals_of",
]
