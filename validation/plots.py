"""Plots of the report: plain SVG, the same bytes for the same figures."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure

from validation.comparison import SCORES, Comparison
from validation.measures import EVIDENCE

COLOURS: Final = {"product": "#1f6f8b", "plain": "#e0a458", "told": "#7a9e7e", "every event": "#9b9b9b"}
SETTINGS: Final[Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "creatorgraph",
    "font.family": "sans-serif",
    "font.size": 9.0,
    "axes.spines.top": False,
    "axes.spines.right": False,
}


def agreement_plot(cases: Sequence[Comparison], path: Path) -> None:
    """Draw for each score the mean rank correlation with its trait: the product, the best plain figure, and the two bounds."""
    kinds = ("product", "plain", "told", "every event")
    columns = [[_mean(_whole(case, score, kind) for case in cases) for score in SCORES] for kind in kinds]
    with mpl.rc_context(SETTINGS):
        figure, axes = _canvas(7.2, 3.4)
        at = np.arange(len(SCORES))
        for turn, (kind, heights) in enumerate(zip(kinds, columns, strict=True)):
            axes.bar(at + (turn - 1.5) * 0.2, np.nan_to_num(heights), width=0.18, color=COLOURS[kind], label=kind)
        axes.set_xticks(at, SCORES, rotation=25, ha="right")
        axes.set_ylabel("rank correlation with the trait")
        axes.set_ylim(0, 1)
        axes.legend(frameon=False, ncols=4, loc="upper center", bbox_to_anchor=(0.5, 1.14))
        _save(figure, path)


def coverage_plot(cases: Sequence[Comparison], path: Path) -> None:
    """Draw how often 90 % intervals hold, by evidence; the promise is the band."""
    labels = ["1", "2–4", "5–9", "10–29", "30+"][: len(EVIDENCE)]
    with mpl.rc_context(SETTINGS):
        figure, axes = _canvas(7.2, 3.0)
        axes.axhspan(0.88, 0.92, color="#d9e8d9", zorder=0)
        for score in SCORES:
            held = [_mean((case.verdicts[score].by_evidence[at].share for case in cases), least=1) for at in range(len(EVIDENCE))]
            axes.plot(labels, held, marker="o", markersize=3.5, linewidth=1.2, label=score)
        axes.set_ylim(0, 1)
        axes.set_xlabel("pieces of evidence")
        axes.set_ylabel("share of 90 % intervals that hold")
        axes.legend(frameon=False, loc="center left", bbox_to_anchor=(1.0, 0.5))
        _save(figure, path)


def regime_plot(cases: Sequence[Comparison], path: Path) -> None:
    """Draw each score's correlation in every regime, as a table of shades with figures."""
    with mpl.rc_context(SETTINGS):
        figure, axes = _canvas(7.2, 0.3 * len(cases) + 1.4)
        shown = np.array([[case.verdicts[score].product.whole for score in SCORES] for case in cases])
        axes.imshow(np.nan_to_num(shown), cmap="GnBu", vmin=0, vmax=1, aspect="auto")
        for row, column in np.argwhere(np.isfinite(shown)):
            axes.text(column, row, f"{shown[row, column]:.2f}", ha="center", va="center", fontsize=8)
        axes.set_xticks(np.arange(len(SCORES)), SCORES, rotation=25, ha="right")
        axes.set_yticks(np.arange(len(cases)), [case.name for case in cases])
        _save(figure, path)


def _whole(case: Comparison, score: str, kind: str) -> float:
    verdict = case.verdicts[score]
    return {"product": verdict.product, "plain": verdict.plain, "told": verdict.told, "every event": verdict.every_event}[kind].whole


def _mean(values: Any, *, least: int = 1) -> float:
    known = [value for value in values if not np.isnan(value)]
    return float(np.mean(known)) if len(known) >= least else float("nan")


def _canvas(width: float, height: float) -> tuple[Figure, Any]:
    figure = Figure(figsize=(width, height))
    return figure, figure.subplots()


def _save(figure: Figure, path: Path) -> None:
    """Write SVG without dates, and with coordinates of two digits, which keeps files small and alike everywhere."""
    out = io.StringIO()
    figure.savefig(out, format="svg", bbox_inches="tight", metadata={"Date": None, "Creator": None})
    text = re.sub(r"(\d+\.\d{2})\d+", r"\1", out.getvalue())
    path.write_text("\n".join(line.rstrip() for line in text.splitlines()) + "\n", "utf-8")
