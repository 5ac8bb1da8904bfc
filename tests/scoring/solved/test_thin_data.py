"""What is solved where shops saved little."""

from dataclasses import replace

import numpy as np

from scoring.facts import Period, market
from scoring.solved.selling import selling, selling_facts
from simulation import market as simulated
from simulation.regimes import regime
from simulation.responses import write_responses
from validation.file_tables import file_tables
from validation.planted import planted_in


def test_few_orders_of_doubtful_products_do_not_say_that_anyone_sells_beyond_all_measure(tmp_path):
    made = simulated(11, creators=240, days=120, like=replace(regime("little-data"), sums_only=0.0))
    write_responses(made.world, tmp_path)
    tables, as_of = file_tables(tmp_path / "shops", planted_in(made))
    seen = market(tables, Period(as_of))
    people = np.arange(len(seen.creators.id))
    facts = selling_facts(seen, selling(seen), people, np.full(len(people), seen.catalogue.everything))
    said = facts["selling_log"][np.isfinite(facts["selling_log"])]
    assert len(said) > 50
    assert np.abs(said).max() < 10
