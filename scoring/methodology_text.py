"""The methodology as a page of Markdown."""

from scoring.formula import FORMULA, Formula
from scoring.methodology import ComponentMethod, IndicatorMethod, methodology


def methodology_markdown(formula: Formula = FORMULA) -> str:
    """Return the page that describes every indicator of `formula`; the same declarations give the same text."""
    method = methodology(formula)
    lines = ["# Methodology", "", f"Formula version `{method.formula_version}`. This page is generated from the declarations.", ""]
    lines += [f"{place}. {principle}" for place, principle in enumerate(method.principles, 1)]
    for indicator in method.indicators:
        lines += ["", *_section(indicator)]
    lines += ["", *_families(method.indicators)]
    return "\n".join(lines) + "\n"


def _section(indicator: IndicatorMethod) -> list[str]:
    lines = [f"## `{indicator.name}`", "", indicator.question, "", f"`{indicator.name} = {indicator.formula}`", ""]
    least = f", for components with {indicator.least_weight:.0%} of the weight" if indicator.least_weight else ""
    lines += [f"Minimum evidence: {indicator.minimum}{least}. Correlation of the components' errors: {indicator.shared_error:g}.", ""]
    lines += _table(indicator.components)
    if indicator.reported:
        lines += [
            "",
            f"Where that is missing, on the platform's report (minimum: {indicator.reported_minimum}):",
            "",
            *_table(indicator.reported),
        ]
    return lines


def _table(components: tuple[ComponentMethod, ...]) -> list[str]:
    head = [
        "| component | meaning | formula | direction | weight | unit | family | minimum | prior | peers |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    return head + [_row(one) for one in components]


def _row(one: ComponentMethod) -> str:
    cells = (
        f"`{one.name}`",
        one.meaning,
        f"`{one.formula}`",
        one.direction,
        f"{one.weight:g}",
        one.unit,
        one.family,
        one.minimum,
        one.prior,
        one.groups,
    )
    return "| " + " | ".join(cells) + " |"


def _families(indicators: tuple[IndicatorMethod, ...]) -> list[str]:
    every = [one for indicator in indicators for one in (*indicator.components, *indicator.reported)]
    by_family = {one.family: one for one in every if one.family != "indicator"}
    lines = ["## Families", "", "| family | shrinkage | without evidence | sources |", "|---|---|---|---|"]
    for name in sorted(by_family):
        one = by_family[name]
        lines.append(f"| {name} | {one.shrinkage} | {one.degenerate} | {one.source} |")
    return lines
