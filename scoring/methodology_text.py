"""The methodology as a page of Markdown."""

from typing import Final

from scoring.authenticity.methodology import flags_markdown
from scoring.formula import FORMULA, Formula
from scoring.methodology import ComponentMethod, IndicatorMethod, ReadingMethod, methodology

EARLIER: Final = """## Runs as of an earlier time

A run as of an earlier time uses the orders, posts and reports of before, and of sales and collaborations the states that were known then:
a sale's status and refunded quantity, a collaboration's status and number of posts, each kept with the time at which it was seen. Of a
sale's quantity, amount, creator and content, of which lines an order has, and of views and followers only the latest observation is kept,
and the run uses that."""


def methodology_markdown(formula: Formula = FORMULA) -> str:
    """Return the page that describes every indicator of `formula`; the same declarations give the same text."""
    method = methodology(formula)
    lines = ["# Methodology", "", f"Formula version `{method.formula_version}`. This page is generated from the declarations.", ""]
    lines += [f"{place}. {principle}" for place, principle in enumerate(method.principles, 1)]
    for indicator in method.indicators:
        lines += ["", *_section(indicator)]
    lines += ["", EARLIER, "", "## Forecast", "", *(f"{place}. {sentence}" for place, sentence in enumerate(method.forecast, 1))]
    lines += ["", *flags_markdown()]
    return "\n".join(lines) + "\n"


def _section(indicator: IndicatorMethod) -> list[str]:
    lines = [f"## `{indicator.name}`", "", indicator.question, "", f"`{indicator.name} = {indicator.formula}`", ""]
    lines += [f"Needs {indicator.minimum}.", ""]
    lines += ["| component | meaning | direction | weight | unit | prior |", "|---|---|---|---|---|---|"]
    lines += [_component(one) for one in indicator.components]
    readings = [(one.name, reading) for one in indicator.components for reading in one.readings]
    if readings:
        lines += ["", "| component | reading | meaning | basis | model | worth | facts |", "|---|---|---|---|---|---|---|"]
        lines += [_reading(name, reading) for name, reading in readings]
    return lines


def _component(one: ComponentMethod) -> str:
    return "| " + " | ".join((f"`{one.name}`", one.meaning, one.direction, f"{one.weight:g}", one.unit, one.prior)) + " |"


def _reading(component: str, one: ReadingMethod) -> str:
    model = f"`{one.formula}`" + (" (anchor)" if one.anchor else "")
    facts = ", ".join(f"`{name}`" for name in one.facts)
    return "| " + " | ".join((f"`{component}`", f"`{one.name}`", one.meaning, one.basis, model, f"{one.worth:.0%}", facts)) + " |"
