"""Keys that come and go, a provider that is away, slow or strange, and how often it is asked."""

from __future__ import annotations

import asyncio
import logging
from time import monotonic

import pytest

from api.access.keyring import REFUSED_TOKEN
from api.oidc import fetching
from api.oidc.key_set import BETWEEN, FRESH, KEPT
from api.oidc.verifier import verifier
from tests.api.oidc.conftest import Service


async def test_a_new_key_is_found_at_its_first_token(service: Service) -> None:
    await service.viewer(service.token())
    service.provider.add("new")
    service.clock.now += BETWEEN
    await service.viewer(service.token(kid="new"))
    assert service.provider.reads == 2


async def test_made_up_key_ids_make_nobody_ask_the_issuer_again_and_again(service: Service) -> None:
    """Asked of the verifier, since over HTTP whoever sends many is held back besides."""
    found = verifier(service.state)
    assert found is not None
    tokens = [f"Bearer {service.token(headers={'kid': f'made up {number}'})}" for number in range(200)]
    assert "does not have" in await service.refused(tokens[0].removeprefix("Bearer "))
    answers = await asyncio.gather(*map(found.stand_in, tokens))
    assert ({each[: len(REFUSED_TOKEN)] for each in answers}, service.provider.reads) == ({REFUSED_TOKEN}, 1)
    service.clock.now += BETWEEN
    await asyncio.gather(*map(found.stand_in, tokens))
    assert (service.provider.reads, service.provider.discoveries) == (2, 2)
    await service.viewer(service.token())


async def test_a_key_that_has_left_the_set_no_longer_works(service: Service) -> None:
    service.provider.add("old")
    known, later = service.token(kid="old"), service.token(kid="old", jti="2", exp=int(service.clock.now) + 3000)
    await service.viewer(known)
    del service.provider.keys["old"]
    service.clock.now += 2 * FRESH
    assert "does not have" in await service.refused(later)
    assert service.provider.reads == 2


async def test_a_token_in_memory_ends_with_the_key_that_signed_it(service: Service) -> None:
    service.provider.add("old")
    token = service.token(kid="old", exp=int(service.clock.now) + 3600)
    await service.viewer(token)
    del service.provider.keys["old"]
    service.clock.now += 2 * FRESH
    assert "does not have" in await service.refused(token)


async def test_keys_are_read_anew_beside_what_is_served_with_those_before(service: Service) -> None:
    token = service.token(exp=int(service.clock.now) + 3600)
    await service.viewer(token)
    service.clock.now += FRESH
    service.provider.state = "slow"
    began = monotonic()
    await service.viewer(token)
    assert monotonic() - began < fetching.SECONDS


@pytest.mark.fault
@pytest.mark.parametrize("state", ["down", "redirecting", "huge", "html", "list"])
async def test_while_the_provider_is_away_its_last_keys_are_kept_for_a_while_and_it_is_said_once(
    service: Service, state: str, caplog: pytest.LogCaptureFixture
) -> None:
    token = service.token(exp=int(service.clock.now) + 24 * 3600)
    await service.viewer(token)
    read_at = service.clock.now
    service.provider.state = state
    with caplog.at_level(logging.INFO, "creatorgraph.oidc"):
        for hours in (1, 2, 5):
            service.clock.now = read_at + hours * 3600
            await service.viewer(token)
            await service.viewer(service.token(jti=str(hours)))
        service.clock.now = read_at + KEPT
        assert "has not been reached for too long" in await service.refused(token)
        away = await service.ask(service.token(jti="new"))
        assert (away.status_code, away.headers["Retry-After"]) == (503, "10")
        assert (await service.client.get("/readyz", headers={"Authorization": f"Bearer {token}"})).status_code in {200, 503}
        assert [each.levelname for each in caplog.records if each.name == "creatorgraph.oidc"] == ["WARNING"]
        service.provider.state = "up"
        service.clock.now += BETWEEN
        await service.viewer(service.token(jti="back"))
        await service.viewer(token)
        assert [each.levelname for each in caplog.records if each.name == "creatorgraph.oidc"] == ["WARNING", "INFO"]


async def test_a_provider_that_was_never_reached_is_no_reason_to_refuse_for_good(service: Service) -> None:
    service.provider.state = "down"
    token = service.token()
    answer = await service.ask(token)
    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (503, "NOT_READY")
    service.provider.state = "up"
    assert (await service.ask(token)).status_code == 503, "it is asked again after a moment, not at once"
    service.clock.now += BETWEEN
    await service.viewer(token)


@pytest.mark.fault
async def test_a_slow_provider_is_waited_for_a_few_seconds_once(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "SECONDS", 0.3)
    service.provider.state = "slow"
    began = monotonic()
    answers = await asyncio.gather(*(service.ask(service.token(jti=str(each))) for each in range(10)))
    assert {each.status_code for each in answers} == {503}
    assert (service.provider.discoveries, monotonic() - began < 5) == (1, True)


@pytest.mark.parametrize(
    "discovered",
    [{"issuer": "https://elsewhere.example"}, *({"jwks_uri": each} for each in ("http://192.0.2.1/certs", "file:///etc/passwd", 7))],
)
async def test_discovery_that_leads_elsewhere_is_not_followed(service: Service, discovered: dict[str, object]) -> None:
    service.provider.discovered = discovered
    assert (await service.ask(service.token())).status_code == 503
    assert service.provider.reads == 0
