from __future__ import annotations

import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from api.oidc.signing_keys import signing_keys, suitable
from tests.api.oidc.provider import RSA

GOOD: dict[str, Any] = {**json.loads(RSAAlgorithm.to_jwk(RSA.public_key())), "kid": "good"}
GOOD.pop("key_ops")


def test_a_key_is_good_for_the_algorithms_of_its_kind_or_for_the_one_it_names() -> None:
    (key,) = signing_keys({"keys": [GOOD]})
    assert key.algorithms == ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512")
    assert [each.algorithms for each in signing_keys({"keys": [{**GOOD, "alg": "PS256"}]})] == [("PS256",)]


@pytest.mark.parametrize(
    "jwk",
    [
        {**GOOD, "use": "enc"},
        {**GOOD, "key_ops": ["encrypt"]},
        {**GOOD, "alg": "RSA-OAEP"},
        {**GOOD, "alg": "HS256"},
        {**GOOD, "n": 7},
        {**GOOD, "n": "AA"},
        {**GOOD, "kid": 7},
        json.loads(RSAAlgorithm.to_jwk(RSA)),
        json.loads(RSAAlgorithm.to_jwk(rsa.generate_private_key(65537, 1024).public_key())),
        json.loads(ECAlgorithm.to_jwk(ec.generate_private_key(ec.SECP256K1()).public_key())),
        {"kty": "oct", "k": "c2VjcmV0", "kid": "secret"},
        {"kty": "OKP", "crv": "X25519", "x": "A" * 43},
        {"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"},
        {},
        "text",
        None,
    ],
)
def test_what_is_no_public_key_for_signatures_is_passed_over(jwk: Any) -> None:
    assert [each.kid for each in signing_keys({"keys": [jwk, GOOD]})] == ["good"]


@pytest.mark.parametrize("jwks", [{}, {"keys": None}, {"keys": {}}, {"keys": []}])
def test_a_set_without_keys_has_none(jwks: dict[str, Any]) -> None:
    assert signing_keys(jwks) == ()


def test_a_token_without_a_key_id_is_meant_for_the_only_key() -> None:
    (key,) = signing_keys({"keys": [GOOD]})
    other = signing_keys({"keys": [{**GOOD, "kid": "other"}]})
    assert suitable([key], None, "RS256") == key
    assert suitable([key, *other], None, "RS256") is None
    assert suitable([key, *other], "other", "RS256") == other[0]
    assert suitable([key], "good", "ES256") is None
