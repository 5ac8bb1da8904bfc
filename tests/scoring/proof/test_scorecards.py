"""Digests of scorecards: the same for the same, another for whatever is signed."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from scoring import FORMULA, apply, fit
from scoring.proof import RatedRows, card_digests, creator_digests, differences, seal, sealed_facts, sealed_scores, seals, seals_of
from tests.scoring.rows import market

SEALED = sorted(sealed_facts() & FORMULA.facts)
OPEN = [*sorted(FORMULA.facts - set(SEALED)), "tier"]
NAMES = (OPEN, SEALED)
SECRET = b"s" * 32


def rated(rows: int = 40) -> tuple[RatedRows, Any]:
    facts = market(rows)
    learnt = fit(facts)
    scores = apply(facts, learnt)
    columns = {name: getattr(scores, name) for name in ("value", "low", "high", "evidence", "basis", "reason")}
    groups = {name: facts[name] for name in ("creator", "region", "window", "category")}
    opened, sealed = (np.stack([np.asarray(facts[name], dtype=np.float64) for name in part], axis=1) for part in NAMES)
    return RatedRows(**groups, **columns, open_facts=opened, sealed_facts=sealed, withheld=np.zeros(rows, dtype=np.bool_)), learnt


def digests(rows: RatedRows) -> dict[str, str]:
    return creator_digests(rows, card_digests(rows, seals(SECRET, rows)))


def test_the_order_of_rows_does_not_matter() -> None:
    rows, _ = rated()
    shuffled = rows.at(np.random.default_rng(1).permutation(len(rows)))
    assert digests(shuffled) == digests(rows)
    assert len(digests(rows)) == 10


@pytest.mark.parametrize("name", ["value", "low", "high", "evidence", "open_facts", "sealed_facts", "basis", "reason", "region"])
def test_one_change_changes_one_creators_digest(name: str) -> None:
    rows, _ = rated()
    column = np.array(getattr(rows, name))
    flat = column.reshape(-1)
    flat[0] = "FR" if column.dtype.kind in "UO" else np.nan_to_num(flat[0]) + 1
    changed, before = digests(replace(rows, **{name: column})), digests(rows)
    assert [creator for creator in before if changed[creator] != before[creator]] == [rows.creator[0]]


def test_every_kind_of_nan_and_of_zero_is_one() -> None:
    rows, _ = rated(4)
    odd = np.frombuffer(np.array([0x7FF8000000000001], dtype="<u8").tobytes(), dtype="<f8")[0]
    first, second = (replace(rows, low=np.full_like(rows.low, value)) for value in (np.nan, odd))
    assert digests(first) == digests(second)
    assert digests(replace(rows, low=np.zeros_like(rows.low))) == digests(replace(rows, low=-np.zeros_like(rows.low)))


def test_a_seal_needs_its_salt() -> None:
    key, facts = ("c1", 90, "*"), np.array([1.5, np.nan])
    salt, sealed = seal(SECRET, key, facts)
    assert seals_of([salt], facts[np.newaxis]) == [sealed]
    assert seal(SECRET, ("c2", 90, "*"), facts)[1] != sealed != seal(b"t" * 32, key, facts)[1]


def test_what_was_computed_is_computed_again() -> None:
    rows, learnt = rated()
    assert differences(rows, NAMES, learnt) == []


def test_a_difference_names_the_creator_the_score_and_both_values() -> None:
    rows, learnt = rated()
    row, place = map(int, np.argwhere(~np.isnan(rows.value))[5])
    changed = rows.value.copy()
    changed[row, place] += 1e-9
    (found,) = differences(replace(rows, value=changed), NAMES, learnt)
    assert (found.creator, found.window, found.category) == (rows.creator[row], rows.window[row], rows.category[row])
    assert (found.score, found.what) == (FORMULA.names[place], "value")
    assert (found.stored, found.recomputed) == (changed[row, place], rows.value[row, place])


def test_without_sealed_facts_the_other_scores_are_still_computed_again() -> None:
    rows, learnt = rated()
    hidden = replace(rows, sealed_facts=np.full_like(rows.sealed_facts, np.nan), withheld=np.ones(len(rows), dtype=np.bool_))
    assert differences(hidden, NAMES, learnt) == []
    changed = hidden.value.copy()
    changed[:] = np.where(np.isnan(changed), changed, changed / 2)
    found = {each.score for each in differences(replace(hidden, value=changed), NAMES, learnt)}
    assert found == set(FORMULA.names) - sealed_scores()
    assert {"sales_ability", "overall"} <= sealed_scores()


def test_exact_sales_are_sealed_and_what_others_read_is_not() -> None:
    readings = [reading for part in FORMULA.parts() for reading in part.component.readings]
    assert {"selling_log", "influence"} <= sealed_facts()
    assert all(reading.sensitive for reading in readings if reading.facts & sealed_facts())
    assert not {fact for reading in readings if not reading.sensitive for fact in reading.facts} & sealed_facts()
