"""`python -m validation`: simulate, import, score, compare, and write the report; or do so for markets found in folders."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path
from typing import Final

from validation.arguments import parser
from validation.comparison import Comparison, compared
from validation.markets import Case, Recipe, found_case, made_case, recipes
from validation.page import best_table, case_table, evidence_table, fairness_table, summary, threshold_table, write_report
from validation.product import private_graph, scores_of
from validation.thresholds import thresholds

PAGE: Final = Path("docs") / "validation.md"
CREATORS: Final = 1_000
DAYS: Final = 180


def main(words: list[str]) -> int:
    """Validate and return the exit status: 0 if every threshold is held, 1 otherwise."""
    options = _parsed(words)
    if options.folders:
        cases = [_judged(found_case(folder)) for folder in options.folders]
        for case in cases:
            print(_told(case))
    else:
        chosen = [each for each in recipes(creators=options.creators, days=options.days) if _wanted(each, options)]
        cases = [_made(recipe) for recipe in chosen]
        write_report(cases, options.out, about=summary(chosen))
        print(f"Wrote {options.out}", file=sys.stderr)
    return int(any(threshold.held(case) is False for case in cases for threshold in thresholds()))


def _parsed(words: list[str]) -> argparse.Namespace:
    ask = parser("validation", "Hold scores against what was planted.", page=PAGE, creators=CREATORS, days=DAYS)
    ask.add_argument("folders", nargs="*", type=Path, help="markets made elsewhere, each with shops/ and truth/; printed, not written")
    ask.add_argument("--form", choices=("responses", "tables"), help="only markets in this form")
    ask.add_argument(
        "--only", action="append", default=[], help="only markets whose name begins so, such as 'usual, seed 1' or 'drift'; repeat it"
    )
    return ask.parse_args(words)


def _wanted(recipe: Recipe, options: argparse.Namespace) -> bool:
    named = not options.only or any(recipe.name.startswith(name) for name in options.only)
    return named and options.form in (None, recipe.form)


def _made(recipe: Recipe) -> Comparison:
    print(f"{recipe.name} as {recipe.form} …", file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory(prefix="creatorgraph-market-") as folder:
        return _judged(made_case(recipe, Path(folder)))


def _judged(case: Case) -> Comparison:
    return asyncio.run(_compared(case))


async def _compared(case: Case) -> Comparison:
    async with private_graph() as driver:
        return compared(case, await scores_of(driver, case.folders, as_of=case.planted.as_of))


def _told(case: Comparison) -> str:
    parts = (case_table(case), best_table(case), evidence_table([case]), fairness_table([case]), threshold_table([case]))
    return f"## {case.name}\n\n" + "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
