"""Which facts tell exact sales, and which scores stand on them."""

from scoring.formula import FORMULA, Formula
from scoring.methodology import methodology


def sealed_facts(formula: Formula = FORMULA) -> frozenset[str]:
    """Return the facts that sensitive components alone read; what others read too, their raw values tell already."""
    parts = [part for one in methodology(formula).indicators[1:] for part in (*one.components, *one.reported)]
    told = {fact for part in parts if not part.sensitive for fact in part.facts}
    return frozenset(fact for part in parts if part.sensitive for fact in part.facts) - told


def sealed_scores(formula: Formula = FORMULA) -> frozenset[str]:
    """Return the scores that cannot be computed without the sealed facts: indicators that read one, and the blend of them."""
    sealed = sealed_facts(formula)
    found = {one.name for one in formula.indicators if one.facts & sealed}
    return frozenset({*found, formula.blend.name} if found else ())
