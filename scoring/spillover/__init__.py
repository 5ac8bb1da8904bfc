"""Whose posts led to the orders, whoever was credited: lift by creator, where the times of posts and orders tell."""

from __future__ import annotations

from scoring.spillover.misplacement import EDGES, Misplacement
from scoring.spillover.spillover import REASONS, Spillover, spillover

__all__ = ["EDGES", "REASONS", "Misplacement", "Spillover", "spillover"]
