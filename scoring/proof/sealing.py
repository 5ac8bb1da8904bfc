"""Which facts tell exact sales, and which scores stand on them."""

from scoring.facts import EXACT_SALES
from scoring.formula import FORMULA, Formula


def sealed_facts(formula: Formula = FORMULA) -> frozenset[str]:
    """Return the facts that sensitive readings alone read, and exact sales; what others read too, their raw values tell already."""
    readings = [reading for part in formula.parts() for reading in part.component.readings]
    told = {fact for reading in readings if not reading.sensitive for fact in reading.facts}
    return (EXACT_SALES | {fact for reading in readings if reading.sensitive for fact in reading.facts}) - told


def sealed_scores(formula: Formula = FORMULA) -> frozenset[str]:
    """Return the scores that cannot be computed without the sealed facts: indicators that read one, and the blend of them."""
    sealed = sealed_facts(formula)
    found = {one.name for one in formula.indicators if one.facts & sealed}
    return frozenset({*found, formula.blend.name} if found else ())
