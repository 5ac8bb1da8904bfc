"""Orders: what stands after ORDER BY, and where a page begins."""

from __future__ import annotations

from graph.plans.orders import Key, Order

UNIQUE = Order("o", (Key("n.id"),))
TIED = Order("o", (Key("n.followers", descending=True), Key("n.id")))
PREFIXED = Order("o", (Key("s.ordinal"),), prefix=("s.scope",))


def test_order_by_names_every_key_and_turns_around_backwards() -> None:
    assert (UNIQUE.by(), UNIQUE.by(backward=True)) == ("n.id", "n.id DESC")
    assert (TIED.by(), TIED.by(backward=True)) == ("n.followers DESC, n.id", "n.followers, n.id DESC")


def test_an_index_is_walked_one_way_so_its_constant_columns_turn_too() -> None:
    worst = Order("o", (Key("s.ordinal", descending=True),), prefix=("s.scope",))
    assert (PREFIXED.by(), PREFIXED.by(backward=True)) == ("s.scope, s.ordinal", "s.scope DESC, s.ordinal DESC")
    assert (worst.by(), worst.by(backward=True)) == ("s.scope DESC, s.ordinal DESC", "s.scope, s.ordinal")


def test_beyond_a_place_a_value_bounds_the_seek_and_the_tie_is_filtered() -> None:
    assert UNIQUE.beyond(["$a"]) == ["n.id > $a"]
    assert UNIQUE.beyond(["$a"], before=True) == ["n.id < $a"]
    assert TIED.beyond(["$v", "$i"]) == ["n.followers <= $v", "(n.followers < $v OR n.id > $i)"]
    several = Order("o", (Key("n.region"), Key("n.followers", descending=True), Key("n.id")))
    assert several.beyond(["$r", "$v", "$i"]) == [
        "n.region >= $r",
        "(n.region > $r OR (n.followers < $v OR (n.followers = $v AND n.id > $i)))",
    ]
    assert TIED.beyond(["$v", "$i"], before=True) == ["n.followers >= $v", "(n.followers > $v OR n.id < $i)"]
