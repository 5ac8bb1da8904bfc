"""Communities, and what sets them apart."""

from scoring.networks import communities, shared
from tests.scoring.networks.drawn import barbell, network, star


def test_the_two_sides_of_a_barbell_are_two_communities() -> None:
    first, second = communities(barbell())
    assert set(first) - {10} in ({0, 1, 2, 3, 4}, {5, 6, 7, 8, 9})
    assert set(first) | set(second) >= set(range(10))


def test_the_larger_comes_first_and_loners_belong_to_none() -> None:
    assert communities(network(7, (5, 6), (1, 2), (2, 3), (1, 3))) == [[1, 2, 3], [5, 6]]


def test_a_star_is_one_community_and_no_ties_are_none() -> None:
    assert communities(star(3)) == [[0, 1, 2, 3]]
    assert communities(network(3)) == []
    assert communities(network(0)) == []


def test_the_same_network_gives_the_same_communities() -> None:
    assert communities(barbell()) == communities(barbell())


def test_what_sets_members_apart_leads_what_all_have() -> None:
    of = {0: ["us", "lips"], 1: ["us", "lips"], 2: ["us", "home"], 3: ["us"]}
    found = shared([0, 1], of, among=4)
    assert [(each.key, each.members, each.share, each.lead) for each in found] == [("lips", 2, 1.0, 0.5), ("us", 2, 1.0, 0.0)]


def test_what_fewer_than_a_third_have_is_not_shared() -> None:
    of = {0: ["lips"], 1: ["home"], 2: ["home"], 3: []}
    assert [each.key for each in shared([0, 1, 2, 3], of, among=4)] == ["home"]


def test_members_of_whom_nothing_is_known_share_nothing() -> None:
    assert shared([0, 1], {}, among=2) == []
