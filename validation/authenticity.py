"""`python -m validation.authenticity`: plant cheats, see what the flags find and what cheating buys, and write the page."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from simulation import market
from simulation.regimes import USUAL
from validation.arguments import parser
from validation.cheating import PRECISION, RECALL, Detection, detection, planted, pooled
from validation.markets import FORMS, SEEDS
from validation.page import table
from validation.price_of_rank import Purchase, purchases

PAGE: Final = Path("docs") / "authenticity.md"
A_DOLLAR: Final = 0.5
"""At most so many percentiles may be bought for a dollar without a flag, at any sum spent."""
BUYING: Final = (400, 120)
"""Creators and days of the market in which cheating is bought: it is scored once for each purchase."""
ABOUT: Final = """# Authenticity, measured

Markets are simulated with cheats of three kinds at three levels of cunning; the truth says who cheats. Flags are raised as a run raises
them, at a false discovery rate of 0.1 for each kind. Written by `python -m validation.authenticity`.
`authenticity-bound.md` says how many anyone could find in partner form by the same figures.
"""
BOUGHT: Final = (
    "Creators of the middle of a market without other cheats buy, and all are scored again; gains are in percentiles of `overall`."
    " Prices are the cheapest known: $1.08 for 1,000 views or likes (NATO StratCom COE, 2020, as reported by AP), and of an order from"
    " oneself its price less the commission that comes back."
)


def main(words: list[str]) -> int:
    """Measure, write the page, and return 0 if every threshold is held, 1 otherwise."""
    ask = parser("validation.authenticity", "Hold flags against planted cheats.", page=PAGE, creators=1_000, days=180)
    options = ask.parse_args(words)
    cases = [detection(planted(seed, form, creators=options.creators, days=options.days), form) for form in FORMS for seed in SEEDS]
    honest = market(SEEDS[0], creators=BUYING[0], days=BUYING[1], like=replace(USUAL, rings=0.0))
    bought = purchases(honest)
    options.out.write_text(page(cases, bought), encoding="utf-8")
    print(f"Wrote {options.out}", file=sys.stderr)
    return int(not all(held for _, _, _, held in thresholds(cases, bought)))


def thresholds(cases: Sequence[Detection], bought: Sequence[Purchase]) -> list[tuple[str, float, float, bool]]:
    """Return name, figure, what it must reach (the last: must not exceed) and whether it does."""
    rows: list[tuple[str, float, float, bool]] = []
    for form in FORMS:
        whole = pooled(cases, form)
        rows.append((f"precision, as {form}", whole.precision, PRECISION, whole.precision >= PRECISION))
        rows.append((f"recall, as {form}", whole.recall, RECALL, whole.recall >= RECALL))
    most = max(each.unflagged_gain / each.dollars for each in bought)
    return [*rows, ("percentiles a dollar without a flag, at most", most, A_DOLLAR, most <= A_DOLLAR)]


def page(cases: Sequence[Detection], bought: Sequence[Purchase]) -> str:
    """Return the page in Markdown."""
    parts = [
        ABOUT,
        f"## Thresholds\n\n{_thresholds(cases, bought)}\n",
        f"## Cheats found\n\n{_found(cases)}\n",
        f"## Flags that are right\n\n{_right(cases)}\n",
        f"## What a dollar of cheating buys\n\n{BOUGHT}\n\n{_bought(bought)}\n",
    ]
    return "\n".join(parts)


def _thresholds(cases: Sequence[Detection], bought: Sequence[Purchase]) -> str:
    rows = [
        (name, f"{reached:.2f}", f"{asked:.2f}", "yes" if held else "**no**") for name, reached, asked, held in thresholds(cases, bought)
    ]
    return table(("threshold", "reached", "to reach", "held"), rows)


def _found(cases: Sequence[Detection]) -> str:
    whole = {form: pooled(cases, form).found for form in FORMS}
    rows = [
        (kind.lower(), level.lower(), *(f"{found} of {count}" for found, count in (whole[form][kind, level] for form in FORMS)))
        for kind, level in whole[FORMS[0]]
    ]
    return table(("cheat", "cunning", *(f"found, as {form}" for form in FORMS)), rows)


def _right(cases: Sequence[Detection]) -> str:
    whole = {form: pooled(cases, form).raised for form in FORMS}
    rows = [(kind, *(f"{right} of {raised}" for right, raised in (whole[form][kind] for form in FORMS))) for kind in whole[FORMS[0]]]
    return table(("flag", *(f"right, as {form}" for form in FORMS)), rows)


def _bought(bought: Sequence[Purchase]) -> str:
    head = ("bought", "spent", "mean gain", "largest gain", "mean gain without a flag", "flagged", "percentiles a dollar")
    return table(head, [_cells(each) for each in bought])


def _cells(of: Purchase) -> tuple[str, ...]:
    gains = (f"{value:+.1f}" for value in (of.gain, of.most, of.unflagged_gain))
    return (of.what, f"${of.dollars:,.0f}", *gains, f"{of.flagged:.0%}", f"{of.a_dollar:.3f}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
