"""Cypher expressions that mean the same wherever they stand, each written once."""

from __future__ import annotations

from typing import LiteralString


def kept_share(line: LiteralString) -> LiteralString:
    """Return the share of the order line `line` that was not refunded, 0–1."""
    return (
        f"CASE WHEN {line}.status = 'REFUNDED' OR {line}.quantity = 0 THEN 0.0"
        f" ELSE toFloat({line}.quantity - coalesce({line}.refundedQuantity, 0)) / {line}.quantity END"
    )


def kept_share_of_sums(sums: LiteralString) -> LiteralString:
    """Return the same share where only sums are known, of the relationship `sums`."""
    return (
        f"CASE WHEN coalesce({sums}.units, 0) = 0 THEN 1.0"
        f" ELSE toFloat({sums}.units - coalesce({sums}.refundedUnits, 0)) / {sums}.units END"
    )


def net_sales(line: LiteralString) -> LiteralString:
    """Return what an order line sold net of refunds, in US dollars."""
    return f"coalesce({line}.gmvUsd, 0.0) * {kept_share(line)}"


def tie_weight(tie: LiteralString) -> LiteralString:
    """Return what the tie of a creator and a brand weighs: its collaborations plus the power of ten of its net sales.

    `abs` keeps the logarithm of a net loss a number.
    """
    return f"{tie}.times + log10(1 + abs({tie}.gmvUsd))"
