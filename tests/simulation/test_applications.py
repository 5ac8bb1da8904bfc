"""Samples applied for in vain, or still waiting: as shops have them, and without a trace in anything else."""

from __future__ import annotations

import numpy as np

from simulation import Market, market
from simulation.applications import WAITS
from simulation.responses.book import Book, Export
from simulation.responses.samples import application_list


def waiting() -> Market:
    return market(7, creators=200, days=60)


def test_what_waits_may_be_decided_still_and_what_is_over_was_decided_in_time() -> None:
    found = waiting()
    applications, end = found.world.applications, found.world.period.end
    waits = np.isnan(applications.decided_at)
    assert 0 < waits.sum() < len(applications)
    assert (applications.due_at[waits] >= end).all()
    decided = applications.decided_at[~waits]
    assert (decided <= applications.due_at[~waits]).all()
    assert (decided < end).all()
    ran_out = ~waits & ~applications.declined
    assert (applications.decided_at[ran_out] == applications.applied_at[ran_out] + WAITS).all()


def test_a_few_apply_at_many_brands() -> None:
    applications = waiting().world.applications
    counts = np.sort(np.bincount(applications.creator, minlength=200))[::-1]
    assert counts[:20].sum() > 0.25 * counts.sum()


def test_the_table_has_them_last_as_samples_with_a_deadline() -> None:
    found = waiting()
    rows = found["collaborations"].to_pylist()[-len(found.world.applications) :]
    assert {row["kind"] for row in rows} == {"SAMPLE"}
    assert {row["status"] for row in rows} == {"OFFERED", "CANCELLED"}
    for row in rows:
        assert row["approval_due_at"] == row["seen_at"][0] + WAITS
        assert len(row["seen_at"]) == (1 if row["status"] == "OFFERED" else 2)
    others = found["collaborations"].to_pylist()[: -len(found.world.applications)]
    assert all(row["approval_due_at"] is None for row in others)


def test_shops_are_told_of_the_same_applications() -> None:
    """Each shop's waiting ones are those that wait at the end, among them samples that are to be approved within days."""
    found = waiting()
    world = found.world
    export, applications = Export(Book(world), world.period.end), world.applications
    waits = np.isnan(applications.decided_at)
    told = [entry for brand in range(len(world.goods.brands.id)) for entry in application_list(export, brand)]
    statuses = [entry["status"] for entry in told if entry["id"].startswith("56")]
    assert statuses.count("PENDING") == waits.sum()
    assert statuses.count("REJECTED") == (~waits & applications.declined).sum()
    assert statuses.count("EXPIRED") == (~waits & ~applications.declined).sum()
