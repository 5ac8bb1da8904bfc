"""The report in words and tables: docs/validation.md, and its figures as data for the next report to compare with."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from validation.comparison import SCORES, Agreement, Comparison
from validation.markets import Recipe
from validation.measures import EVIDENCE, best_of, pooled
from validation.plots import agreement_plot, coverage_plot, regime_plot
from validation.thresholds import BEST, COVERED, FORECAST, OF_EVERY_EVENT, OF_TOLD, OVER_PLAIN, SCORED, thresholds

TITLE: Final = """# Validation

`make validate` writes this page. It makes markets with planted traits, imports them as users do, scores them, and holds the scores
against what was planted, which nothing but this report reads. What is claimed here is claimed of simulated markets: no public data
has the true ability of a creator.

- **correlation**: rank correlation (Spearman) of the score with its trait, over all creators in the graph (one without a score stands in
  the middle) / among those with {rich} orders or more. Everyone's figures, ours and others', and the trait are compared as places among
  the creators of a region (for influence: of a region and category), since that is what a score tells.
- **plain**: of the figures that anyone could count from the same files, the one that does best in that market.
- **told**: an estimator that has the same files and is told audiences, careers, the appeal of products and how traits are spread.
- **every event**: an estimator that sees all that happened, which no shop does.
- **intervals**: how often the 90 % interval holds the trait's percentile among the creators of the region.
"""
FORMS: Final = {"responses": "As the responses that shops save", "tables": "As tables"}


def write_report(cases: Sequence[Comparison], page: Path, *, about: str) -> None:
    """Write the page, and its plots and figures into a folder of the page's name beside it."""
    folder = page.with_suffix("")
    folder.mkdir(parents=True, exist_ok=True)
    before = _earlier(folder / "figures.json")
    page.write_text("\n".join(_parts(cases, folder, before, about)), "utf-8")
    figures = {f"{case.form}: {case.name}": _figures(case) for case in cases}
    (folder / "figures.json").write_text(json.dumps(figures, indent=1, sort_keys=True) + "\n", "utf-8")


def _parts(cases: Sequence[Comparison], folder: Path, before: dict[str, Any], about: str) -> Iterable[str]:
    yield TITLE.format(rich=30)
    yield f"{about}\n"
    for form, title in FORMS.items():
        here = [case for case in cases if case.form == form]
        usual = [case for case in here if case.name.startswith("usual")] or here
        if here:
            agreement_plot(usual, folder / f"agreement-{form}.svg")
            coverage_plot(usual, folder / f"coverage-{form}.svg")
            yield f"## {title}\n\n![Rank correlation with the trait]({folder.name}/agreement-{form}.svg)\n"
            for case in usual:
                yield f"### {case.name.capitalize()}\n\n{case_table(case)}\n\n{best_table(case)}\n"
            yield f"![Coverage by evidence]({folder.name}/coverage-{form}.svg)\n\n{evidence_table(usual)}\n"
            others = [case for case in here if case not in usual]
            if others:
                regime_plot(others, folder / f"regimes-{form}.svg")
                yield f"### Regimes\n\n![Correlations by regime]({folder.name}/regimes-{form}.svg)\n\n{regimes_table(others)}\n"
            yield f"### Intervals, all markets together\n\n{pooled_table(here)}\n"
    yield f"## Whoever is alike is scored alike\n\n{fairness_table(cases)}\n"
    yield f"## Coverage since the last report\n\n{change_table(cases, before)}\n"
    yield f"## What is to be held\n\n{threshold_words()}\n\n{threshold_table(cases)}\n"


def case_table(case: Comparison) -> str:
    """Return a market's scores beside those whom they are compared to."""
    rows = [
        [
            score,
            f"{verdict.scored:.0%}",
            f"**{pair(verdict.product)}**",
            f"{pair(verdict.plain)} ({verdict.plain_name})",
            pair(verdict.told),
            pair(verdict.every_event),
            f"{shown(verdict.cover.share, '.0%')} of {verdict.cover.number}, {shown(verdict.cover.width, '.0f')} wide",
        ]
        for score, verdict in case.verdicts.items()
    ]
    return table(("score", "scored", "product", "best plain figure", "told", "every event", "intervals hold"), rows)


def best_table(case: Comparison) -> str:
    """Return what the best hold of the sales to be expected, by what they are picked by."""
    every = {**{f"**{name}**": value for name, value in case.best.items()}, **case.plain_best, **case.rival_best}
    rows = [[name, shown(value)] for name, value in sorted(every.items(), key=lambda item: -item[1])]
    return (
        f"Of the sales to be expected in 28 days, the best {best_of(case.creators)} hold:\n\n"
        + table(("picked by", "share"), rows)
        + forecast_words(case)
    )


def forecast_words(case: Comparison) -> str:
    """Return how often the intervals of what comes next held."""
    held = shown(case.forecast.share, ".0%")
    return f"\n\nOf 80 % intervals of each creator's net sales in the next 28 days, {held} of {case.forecast.number} hold what came."


def evidence_table(cases: Sequence[Comparison]) -> str:
    """Return how often intervals hold by amount of evidence, over several markets, with how many there were."""
    names = [f"{least}–{most}" if most < 10**6 else f"{least}+" for least, most in EVIDENCE]
    names = [name if name.split("–")[0] != name.split("–")[-1] else name.split("–")[0] for name in names]
    rows = []
    for score in SCORES:
        covers = [[case.verdicts[score].by_evidence[at] for case in cases] for at in range(len(EVIDENCE))]
        cells = []
        for group in covers:
            whole = pooled(group)
            cells.append(f"{whole.share:.0%} of {whole.number}" if whole.number else "–")
        rows.append([score, *cells])
    return table(("score", *names), rows)


def pooled_table(cases: Sequence[Comparison]) -> str:
    """Return how often intervals hold over all markets, which a market alone is too small to tell, with two standard errors."""
    rows = []
    for score in SCORES:
        whole = pooled([case.verdicts[score].cover for case in cases])
        error = 2 * math.sqrt(max(whole.share * (1 - whole.share), 0.0) / whole.number) if whole.number else float("nan")
        told = "yes" if COVERED[0] - error <= whole.share <= COVERED[1] + error else "**no**"
        rows.append([score, f"{shown(whole.share, '.1%')} of {whole.number:,}", f"± {shown(error, '.1%')}", told])
    head = (
        f"In one market chance alone moves coverage by some points; {COVERED[0]:.0%} to {COVERED[1]:.0%} of all are to hold. Regimes are"
        " drawn from one seed and have much in common, so the errors are rather larger than they look.\n\n"
    )
    return head + table(("score", "90 % intervals that hold", "two standard errors", "within, as far as these can tell"), rows)


def regimes_table(cases: Sequence[Comparison]) -> str:
    """Return of each regime the product beside the best plain figure, and how often intervals hold."""
    rows = [
        [
            case.name,
            *(
                f"{shown(v.product.whole)} / {shown(v.plain.whole)} / {shown(v.told.whole)} ({shown(v.cover.share, '.0%')})"
                for v in case.verdicts.values()
            ),
            shown(case.product_best),
        ]
        for case in cases
    ]
    return "Product / best plain figure / told, and in brackets how often intervals hold:\n\n" + table(
        ("regime", *cases[0].verdicts, "best hold"), rows
    )


def fairness_table(cases: Sequence[Comparison]) -> str:
    """Return the groups whose scores differ from others' of the same trait by more than chance and the intervals allow."""
    every = [(case, score, each) for case in cases for score, found in case.unfair.items() for each in found]
    unfair = [(case, score, each) for case, score, each in every if not each.fair]
    head = (
        "By region, followers, main category and newcomers: how many points (0–100) a group's percentile lies above that of all "
        f"creators with the same trait. Of {len(every)} differences, {len(unfair)} exceed both two standard errors and half an interval"
    )
    if not unfair:
        return head + "."
    unfair.sort(key=lambda row: -abs(row[2].points))
    rows = [
        [case.name, case.form, score, each.group, str(each.number), f"{each.points:+.1f} ± {2 * each.error:.1f}", shown(each.half, ".0f")]
        for case, score, each in unfair[:20]
    ]
    return head + "; the largest:\n\n" + table(("market", "form", "score", "group", "creators", "points", "half an interval"), rows)


def change_table(cases: Sequence[Comparison], before: dict[str, Any]) -> str:
    """Return the mean share of creators scored, and its change since the figures of the last report."""
    rows = []
    for case in cases:
        earlier = before.get(f"{case.form}: {case.name}", {}).get("scored")
        rows.append(
            [
                case.name,
                case.form,
                f"{case.creators:,}",
                f"{case.scored:.1%}",
                "new" if earlier is None else f"{case.scored - earlier:+.1%}",
            ]
        )
    return table(("market", "form", "creators", "scored, mean of scores", "change"), rows)


def threshold_words() -> str:
    """Return the thresholds in a sentence."""
    least, most = COVERED
    sentences = (
        f"A score's correlation lies {OVER_PLAIN} above the best plain figure's (as tables: not below it).",
        f"It is at least {OF_TOLD:.0%} of the told estimator's, and as tables {OF_EVERY_EVENT:.0%} of that which sees every event.",
        f"Of creators of whom the files say anything, {SCORED:.0%} are scored; {least:.0%} to {most:.0%} of intervals hold.",
        f"The best hold {BEST['responses']} of the sales to be expected, {BEST['tables']} as tables, and no less than those with the most"
        f" orders do; {FORECAST[0]:.0%} to {FORECAST[1]:.0%} of forecasts' 80 % intervals hold what comes.",
    )
    return " ".join(sentences)


def threshold_table(cases: Sequence[Comparison]) -> str:
    """Return how many markets hold each threshold, and the worst figure beside what it had to reach."""
    rows = []
    for threshold in thresholds():
        held = [(threshold.held(case), *threshold.measure(case)) for case in cases]
        judged = [each for each in held if each[0] is not None]
        if judged:
            worst = min(judged, key=lambda each: each[1] - each[2])
            kept = sum(bool(each[0]) for each in judged)
            rows.append(
                [threshold.name, f"{kept} of {len(judged)}", shown(worst[1]), shown(worst[2]), "yes" if kept == len(judged) else "**no**"]
            )
    return table(("threshold", "markets that hold it", "worst", "to reach", "held"), rows)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table in Markdown."""
    lines = ["| " + " | ".join(row) + " |" for row in (head, ["---"] * len(head), *rows)]
    return "\n".join(lines)


def pair(of: Agreement) -> str:
    """Return both correlations, a dash where there are none."""
    return "–" if math.isnan(of.whole) else f"{of.whole:.2f} / {shown(of.rich)}"


def shown(value: float, form: str = ".2f") -> str:
    """Return a number, a dash where there is none."""
    return "–" if math.isnan(value) else format(value, form)


def summary(recipes: Sequence[Recipe]) -> str:
    """Return in a sentence which markets the page is about."""
    sizes = sorted({(each.creators, each.days) for each in recipes})
    return "Markets of " + ", ".join(f"{creators:,} creators over {days} days" for creators, days in sizes) + "."


def _earlier(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text("utf-8")) if path.exists() else {}


def _figures(case: Comparison) -> dict[str, Any]:
    def plain(value: float) -> float | None:
        return None if np.isnan(value) else round(float(value), 4)

    return {
        "scored": plain(case.scored),
        "forecast": plain(case.forecast.share),
        "best": {name: plain(value) for name, value in case.best.items()},
        "scores": {
            name: {
                "scored": plain(of.scored),
                "product": plain(of.product.whole),
                "plain": plain(of.plain.whole),
                "told": plain(of.told.whole),
                "everyEvent": plain(of.every_event.whole),
                "coverage": plain(of.cover.share),
            }
            for name, of in case.verdicts.items()
        },
    }
