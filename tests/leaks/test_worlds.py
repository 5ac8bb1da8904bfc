"""The two worlds differ in what is hidden, and in nothing that is published."""

from __future__ import annotations

from bench.leaks.goods import CLIENTS, World
from bench.leaks.published import published, sold, tied
from bench.leaks.worlds import names, of_creator, others

PUBLIC = ("categories", "brands", "products")


def test_what_everyone_sees_is_the_same(tables: tuple[World, World]) -> None:
    before, after = tables
    assert [before[each] for each in PUBLIC] == [after[each] for each in PUBLIC]
    assert names(before) == names(after)
    for name in names(before):
        one, other = of_creator(before, name), of_creator(after, name)
        assert one["contents"] == other["contents"]
        assert published(one) == published(other)
        for table in ("sales", "collaborations", "features"):
            own = [[each for each in rows[table] if each not in others(rows[table], CLIENTS)] for rows in (one, other)]
            assert own[0] == own[1]


def test_exact_sales_of_those_who_consent_stay(tables: tuple[World, World]) -> None:
    consenting = [each["id"] for each in tables[0]["creators"] if each["region"] == "US" and each["sales_consent"]]
    for name in consenting:
        one, other = ([(each.at, each.gmv, each.units) for each in sold(of_creator(world, name))] for world in tables)
        assert one == other


def test_what_is_hidden_is_another(tables: tuple[World, World]) -> None:
    """Most who keep sales to themselves have others, many have other brands, most other terms; abroad everything is new."""
    before, after = tables
    seen = names(before)
    rows = {name: (of_creator(before, name), of_creator(after, name)) for name in seen}
    closed = [name for name in seen if not rows[name][0]["creators"][0]["sales_consent"]]
    assert sum(sold(rows[name][0]) != sold(rows[name][1]) for name in closed) > 0.8 * len(closed)
    assert sum(tied(one) != tied(other) for one, other in rows.values()) > 0.4 * len(seen)
    assert sum(one["collaborations"] != other["collaborations"] for one, other in rows.values()) > 0.7 * len(seen)
    assert sum(one["reports"] != other["reports"] for one, other in rows.values()) > 0.7 * len(seen)
    assert len(names(before, "GB")) != len(names(after, "GB"))
