"""What is solved where shops saved little."""

from dataclasses import replace

import numpy as np
import pytest

from scoring.facts import Market, Period, market
from scoring.solved.influence import influence_facts
from scoring.solved.selling import selling, selling_facts
from simulation import market as simulated
from simulation.regimes import regime
from simulation.responses import write_responses
from validation.file_tables import file_tables
from validation.planted import Planted, planted_in

NORMAL_90 = 1.645
FEWEST = 10


@pytest.fixture(scope="module")
def thin(tmp_path_factory: pytest.TempPathFactory) -> tuple[Market, Planted]:
    """Return a market of which shops saved little, and what was planted in it."""
    folder = tmp_path_factory.mktemp("thin")
    made = simulated(11, creators=240, days=120, like=replace(regime("little-data"), sums_only=0.0))
    write_responses(made.world, folder)
    planted = planted_in(made)
    tables, as_of = file_tables(folder / "shops", planted)
    return market(tables, Period(as_of)), planted


def test_few_orders_of_doubtful_products_do_not_say_that_anyone_sells_beyond_all_measure(thin):
    seen, _ = thin
    people = np.arange(len(seen.creators.id))
    facts = selling_facts(seen, selling(seen), people, np.full(len(people), seen.catalogue.everything))
    said = facts["selling_log"][np.isfinite(facts["selling_log"])]
    assert len(said) > 50
    assert np.abs(said).max() < 10


def test_shares_of_categories_err_by_about_as_much_as_they_say(thin):
    seen, planted = thin
    of_creator, of_category = ({each: at for at, each in enumerate(ids.tolist())} for ids in (seen.creators.id, seen.catalogue.category))
    keys = [(who, category) for who, category in planted.shares if planted.ids[who] in of_creator and category in of_category]
    creator, category = np.array([(of_creator[planted.ids[who]], of_category[each]) for who, each in keys]).T
    said, _ = influence_facts(seen, selling(seen), creator, category)
    known = np.isfinite(said["influence"])
    off = np.log(np.array([planted.shares[key] for key in keys])[known] / said["influence"][known])
    peers = np.array([f"{planted.regions[who]} {each}" for who, each in keys])[known]
    deviation = np.sqrt(said["influence_log_var"][known])
    within = [
        np.abs(off[here] - np.median(off[here])) <= NORMAL_90 * deviation[here]
        for here in (peers == each for each in np.unique(peers))
        if here.sum() >= FEWEST
    ]
    assert sum(map(len, within)) > 50
    assert np.concatenate(within).mean() > 0.75
