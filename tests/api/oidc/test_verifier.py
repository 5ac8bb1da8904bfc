"""Which tokens are taken, and which are not, by the whole service and a provider with real keys."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
from typing import Any

import jwt
import pytest
from neo4j import AsyncDriver

from api.access.grants import Grant, there
from api.access.keyring import Keyring
from api.access.subjects import Identity
from api.errors import Unauthenticated
from api.oidc import verifier
from api.oidc.verifier import LONGEST
from tests.api.oidc.conftest import Service
from tests.api.oidc.provider import ADMIN, AUDIENCE

LEEWAY = 30
LATER = verifier.LOOK_UPS_AT_ONCE - 1
"""Of requests that come at once, so many are looked up beside the first."""


def part(value: Any) -> str:
    text = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(text).rstrip(b"=").decode()


@pytest.mark.parametrize(
    ("kind", "alg"),
    [
        *(("rsa", alg) for alg in ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512")),
        ("P-256", "ES256"),
        ("P-384", "ES384"),
        ("P-521", "ES512"),
        ("Ed25519", "EdDSA"),
    ],
)
async def test_a_token_signed_by_a_key_of_the_issuer_is_taken(service: Service, kind: str, alg: str) -> None:
    service.provider.add("k", kind)
    viewer = await service.viewer(service.token(kid="k", alg=alg))
    assert viewer == {"name": "the operator", "role": "ADMIN", "regions": [], "brands": [], "scopes": None} | {
        "costBudget": 600_000,
        "requestsAtOnce": 8,
    }


async def test_what_a_token_grants_is_bounded_as_a_key_is(service: Service) -> None:
    token = service.token(creatorgraph={"role": "brand", "regions": ["us"], "brands": ["b1"], "name": "Acme"})
    viewer = await service.viewer(token)
    assert (viewer["role"], viewer["regions"], viewer["brands"]) == ("BRAND", ["US"], [{"id": "Brand:b1"}])


async def test_a_claim_may_hold_the_text_of_its_json_and_types_are_read_in_any_case(service: Service) -> None:
    token = service.token(creatorgraph=json.dumps({"role": "creator", "creator": "c1"}), headers={"typ": "JWT"}, aud=["x", AUDIENCE])
    assert (await service.viewer(token))["role"] == "CREATOR"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"exp": None}, "exp is null"),
        ({"iat": None}, "iat is null"),
        ({"exp": "soon"}, "exp is 'soon'; it must be a number"),
        ({"exp": True}, "exp is true; it must be a number"),
        ({"iss": "https://elsewhere.example"}, "iss is 'https://elsewhere.example'"),
        ({"aud": "https://elsewhere.example"}, "aud is 'https://elsewhere.example'; it must name 'https://ratings.example.org'"),
        ({"aud": None}, "aud is null"),
        ({"aud": {AUDIENCE: 1}}, "aud is {"),
        ({"aud": f"{AUDIENCE}/more"}, "aud is"),
        ({"sub": None}, "sub is null"),
        ({"sub": ""}, "sub is ''"),
        ({"cnf": {"jkt": "x"}}, "claim cnf"),
        ({"nonce": "x", "headers": {"typ": "JWT"}}, "claim nonce, as ID tokens have; send an access token"),
        ({"at_hash": "x", "headers": {"typ": "JWT"}}, "claim at_hash, as ID tokens have; send an access token"),
        ({"nonce": "x", "headers": {"typ": None}}, "typ is null"),
        ({"headers": {"typ": "id+jwt"}}, "typ is 'id+jwt'; it must be at+jwt or JWT"),
        ({"headers": {"crit": ["x"], "x": 1}}, "crit"),
    ],
)
async def test_claims_that_are_not_as_they_must_be_are_named(service: Service, given: dict[str, Any], said: str) -> None:
    assert said in await service.refused(service.token(**given))


@pytest.mark.parametrize(("exp", "taken"), [(1 - LEEWAY, True), (-LEEWAY, False), (-3600, False)])
async def test_a_token_ends_the_leeway_after_its_end(service: Service, exp: int, taken: bool) -> None:
    now = int(service.clock.now)
    service.clock.now = now
    token = service.token(iat=now - 60, exp=now + exp)
    if taken:
        await service.viewer(token)
        service.clock.now += 1
    assert "has expired" in await service.refused(token)


@pytest.mark.parametrize("name", ["nbf", "iat"])
async def test_a_token_begins_the_leeway_before_its_begin(service: Service, name: str) -> None:
    now = service.clock.now = int(service.clock.now)
    given = {"iat": now, name: now + LEEWAY + 1, "exp": now + 900}
    token = service.token(**given)
    assert f"claim {name} lies in the future" in await service.refused(token)
    service.clock.now += 1
    await service.viewer(token)


async def test_the_longest_lifetime_is_held(service: Service) -> None:
    now = int(service.clock.now)
    assert "valid for 86,401 s from iat to exp; at most 86,400 s" in await service.refused(service.token(iat=now, exp=now + 86_401))
    await service.viewer(service.token(iat=now, exp=now + 86_400))


async def test_neither_none_nor_a_shared_secret_signs(service: Service) -> None:
    claims = service.provider.claims(now=service.clock.now)
    unsigned = jwt.encode(claims, None, algorithm="none", headers={"typ": "at+jwt", "kid": "rsa"})
    head, body, _ = unsigned.split(".")
    public = service.provider.pem()
    signed = f"{part({'typ': 'at+jwt', 'alg': 'HS256', 'kid': 'rsa'})}.{body}"
    confused = f"{signed}.{part(hmac.new(public, signed.encode(), hashlib.sha256).digest())}"
    assert "is not a signed JWT" in await service.refused(unsigned)
    assert "alg is 'none'" in await service.refused(f"{head}.{body}.{part(b'x')}")
    assert "alg is 'HS256'; it must be one of RS256" in await service.refused(confused)
    assert "alg is 'NONE'" in await service.refused(f"{part({'typ': 'JWT', 'alg': 'NONE'})}.{body}.AA")
    assert "alg is [" in await service.refused(f"{part({'typ': 'JWT', 'alg': ['RS256']})}.{body}.AA")


async def test_a_key_verifies_its_own_algorithms_alone(service: Service) -> None:
    service.provider.add("ec", "P-256")
    await service.viewer(service.token(kid="ec", alg="ES256"))
    header, body, signature = service.token().split(".")
    swapped = f"{part({'typ': 'at+jwt', 'alg': 'ES256', 'kid': 'rsa'})}.{body}.{signature}"
    assert "which the identity provider's key set does not have" in await service.refused(swapped)
    assert header != swapped.split(".")[0]


async def test_a_payload_or_signature_that_was_changed_is_refused(service: Service) -> None:
    head, _, signature = service.token().split(".")
    forged = part(service.provider.claims(now=service.clock.now, sub="somebody else"))
    assert "signature is not valid" in await service.refused(f"{head}.{forged}.{signature}")
    assert "signature is not valid" in await service.refused(service.token()[:-8] + "AAAAAAAA")
    service.provider.add("other")
    assert "signature is not valid" in await service.refused(service.token(kid="rsa", key=service.provider.keys["other"]))


@pytest.mark.parametrize("name", ["jku", "x5u"])
async def test_an_address_in_a_header_is_never_asked(service: Service, name: str) -> None:
    """The provider serves a key there, which signs the token: were it asked, the token would be taken."""
    service.provider.add("planted")
    signer = service.provider.keys.pop("planted")
    service.provider.extra.clear()
    token = service.token(kid="planted", key=signer, headers={name: f"{service.provider.issuer}/elsewhere"})
    assert "does not have" in await service.refused(token)
    reads = service.provider.reads
    signed = service.token(key=signer, headers={name: f"{service.provider.issuer}/elsewhere"})
    assert "signature is not valid" in await service.refused(signed)
    assert service.provider.reads == reads


async def test_an_issuer_that_is_no_text_is_another_one(service: Service) -> None:
    claims = json.dumps({**service.provider.claims(now=service.clock.now), "iss": [service.provider.issuer]}).encode()
    token = jwt.api_jws.encode(claims, service.provider.keys["rsa"], algorithm="RS256", headers={"typ": "JWT", "kid": "rsa"})
    assert "claim iss is [" in await service.refused(token)


async def test_a_key_in_a_header_is_no_key(service: Service) -> None:
    service.provider.add("planted")
    jwk = next(each for each in service.provider.jwks["keys"] if each["kid"] == "planted")
    signer = service.provider.keys.pop("planted")
    assert "signature is not valid" in await service.refused(service.token(key=signer, headers={"jwk": jwk}))


@pytest.mark.parametrize("kid", ["../../etc/passwd", "https://elsewhere.example/key", "' OR 1=1 --", "\u0000", "é" * 100])
async def test_a_key_id_is_a_name_and_nothing_else(service: Service, kid: str) -> None:
    assert "does not have" in await service.refused(service.token(headers={"kid": kid}))


HEADERS = ([], {"alg": "RS256", "typ": "JWT", "kid": 1})


@pytest.mark.parametrize("token", ["a.b.c", "..", "a.b", "a.b.c.d.e", "ey.ey.ey", *(f"{part(each)}.e30.AA" for each in HEADERS)])
async def test_what_is_no_token_is_refused(service: Service, token: str) -> None:
    assert await service.refused(token)


async def test_an_oversized_token_is_refused_before_it_is_read(service: Service) -> None:
    token = service.token(more="x" * LONGEST)
    assert f"at most {LONGEST:,} are taken" in await service.refused(token)
    assert service.provider.reads == 0


@pytest.mark.parametrize("payload", [b"[]", b"no", b'{"iss": NaN}', b"\xff"])
async def test_claims_that_are_no_object_are_refused(service: Service, payload: bytes) -> None:
    token = jwt.api_jws.encode(payload, service.provider.keys["rsa"], algorithm="RS256", headers={"typ": "JWT", "kid": "rsa"})
    assert "payload is not a JSON object" in await service.refused(token)


@pytest.mark.parametrize(
    ("grant", "said"),
    [
        ({"role": "creator", "creator": "nobody"}, "claim creatorgraph: there is no creator with the id 'nobody'"),
        ({"role": "brand", "regions": ["US"], "brands": ["b2"]}, "claim creatorgraph: there is no brand with the id 'b2'"),
        ({"role": "partner", "regions": ["FR"]}, "claim creatorgraph: region 'FR': nobody sells there; use one of US"),
    ],
)
async def test_bounds_that_are_not_in_the_graph_are_refused(service: Service, grant: dict[str, Any], said: str) -> None:
    assert said in await service.refused(service.token(creatorgraph=grant))
    assert service.state.store.subjects.subjects() == [], "a token that is refused leaves no account"


async def test_a_refusal_holds_for_some_seconds_and_is_not_looked_up_again(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_up: list[Grant] = []

    async def counted(driver: AsyncDriver, grant: Grant, *, database: str) -> bool:
        looked_up.append(grant)
        return await there(driver, grant, database=database)

    monkeypatch.setattr(verifier, "there", counted)
    token = service.token(creatorgraph={"role": "creator", "creator": "c2"})
    said = await asyncio.gather(*(service.refused(token) for _ in range(20)))
    assert (len(looked_up), {"there is no creator with the id 'c2'" in each for each in said}) == (1 + LATER, {True})
    await service.state.driver.execute_query("CREATE (:Creator {id: 'c2', region: 'US'})")
    service.clock.now += verifier.REFUSED_FOR - 0.1
    await service.refused(token)
    service.clock.now += 0.2
    assert (await service.viewer(token))["role"] == "CREATOR"


async def test_so_many_refusals_are_remembered_and_no_more(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifier, "MOST_REFUSED", 3)
    for number in range(5):
        await service.refused(service.token(creatorgraph={"role": "nothing"}, jti=str(number)))
    found = verifier.verifier(service.state)
    assert found is not None
    assert len(found._refusals) == 3


async def test_a_verified_token_is_remembered_and_its_account_is_issuer_and_sub(service: Service) -> None:
    first, second = service.token(), service.token(jti="2")
    account = Identity(service.provider.issuer, "user-1").account
    for token in (first, second, first):
        await service.viewer(token)
    (kept,) = service.state.store.subjects.subjects()
    assert (kept.id, kept.grant and kept.grant.name) == (account, ADMIN["name"])
    assert service.provider.reads == 1
    tokens = service.state.keyring.tokens
    assert tokens is not None
    assert [tokens.viewer(each).key_id for each in list(tokens._known)] == [account, account]


async def test_without_an_identity_provider_a_token_is_no_key(service: Service) -> None:
    with pytest.raises(Unauthenticated, match="malformed access key"):
        Keyring(service.state.store).viewer(f"Bearer {service.token()}")
