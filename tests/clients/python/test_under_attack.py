"""A few seconds of `make attack`: an honest client is answered, and each kind of hostile one hears what it should."""

from __future__ import annotations

from bench.attack import made, read, under_attack
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
    keys = made(market.home)
    assert (await read(market.url, keys["honest"], 2)).seconds, "its query is planned, as on any service that has run for a while"
    seen, told = await under_attack(market.url, keys, 6, "1")
    assert seen.seconds
    assert seen.unready == 0
    assert set(seen.others) <= {429, 503}, "a machine that is too busy says so"
    assert told.keys() == {kind.__name__ for kind in KINDS}
    for kind, statuses in ALLOWED.items():
        assert {int(each) for each in told[kind]} <= statuses, kind
    assert all(int(status) < 500 or int(status) == 503 for statuses in told.values() for status in statuses)
