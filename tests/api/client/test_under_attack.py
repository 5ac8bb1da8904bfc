"""A few seconds of `make attack`: an honest client is answered, and each kind of hostile one hears what it should."""

from __future__ import annotations

from bench.attack import made, under_attack
from bench.hostile import KINDS
from tests.api.served_market import ServedMarket

ALLOWED = {
    "endless_headers": {431, 0},
    "huge_bodies": {413, 429},
    "wide_filters": {400, 429},
    "slow_patterns": {400, 429, 503},
    "wrong_keys": {401, 429},
}
"""What may be answered to whom; 0 is a connection that was closed."""


async def test_an_honest_client_is_answered_while_a_fleet_attacks(market: ServedMarket) -> None:
    seen, told = await under_attack(market.url, made(market.home), 6, crowd=1)
    assert seen.seconds
    assert (seen.others, seen.unready) == ({}, 0)
    assert told.keys() == {kind.__name__ for kind in KINDS}
    for kind, statuses in ALLOWED.items():
        assert {int(each) for each in told[kind]} <= statuses, kind
    assert all(int(status) < 500 or int(status) == 503 for statuses in told.values() for status in statuses)
