"""Markets without reports, ratings or posts: what is unknown adds nothing, and the record alone decides."""

import numpy as np

from scoring.delivery import COLUMNS, answers, delivery
from scoring.facts import Period, market
from tests.scoring.facts.drawn import DAY, END, event_tables


def test_samples_alone_are_enough() -> None:
    """Of a dozen samples each, creators of odd numbers deliver all but two, those of even numbers two."""
    rows = []
    for creator in range(1, 13):
        for turn in range(12):
            approved, kept = END - (170 - 12 * turn) * DAY, (turn in {3, 8}) == (creator % 2 == 0)
            times = {"approved_at": approved, "sample_delivered_at": approved + DAY, "delivered_at": approved + 5 * DAY if kept else None}
            known = {"kind": "SAMPLE", "status": "DELIVERED" if kept else "FAILED", "accepted": True, "brand_id": "b"}
            rows.append({"id": f"{creator}-{turn}", "creator_id": f"c{creator:02d}"} | known | times)
    people = [{"id": f"c{creator:02d}", "region": "US"} for creator in range(1, 13)]
    tables = event_tables({"creators": people, "brands": [{"id": "b"}], "categories": [], "products": [], "collaborations": rows})
    found = delivery(market(tables, Period(END)))
    assert found is not None
    assert found.model.basis == "MODEL"
    said = answers(found.model, found.columns, found.kept, found.broken)
    assert said.probability[0::2].min() > 0.6 > 0.4 > said.probability[1::2].max()
    unknown = [at for at, column in enumerate(COLUMNS) if column.name in {"rating", "reported_rating", "reported_fulfilment"}]
    assert not np.any(said.terms[:, unknown])
