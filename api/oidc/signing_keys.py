"""The public keys of a JSON Web Key Set that tokens may be signed with, and for which algorithms each is good."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.algorithms import ECAlgorithm, OKPAlgorithm, RSAAlgorithm
from jwt.exceptions import PyJWTError

from api.json_values import is_list, is_object

OF_RSA: Final = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512")
OF_CURVES: Final[Mapping[str, str]] = {"secp256r1": "ES256", "secp384r1": "ES384", "secp521r1": "ES512"}
ALGORITHMS: Final = (*OF_RSA, *OF_CURVES.values(), "EdDSA")
"""All algorithms that are taken; each needs a private key that the issuer alone has."""
RSA_BITS: Final = range(2_048, 8_193)
MOST: Final = 100
"""Keys of a set that are read."""

PublicKey = RSAPublicKey | EllipticCurvePublicKey | Ed25519PublicKey


@dataclass(frozen=True, slots=True)
class SigningKey:
    """One public key: its id in the set, the algorithms that it verifies, and a hash of the key itself."""

    kid: str | None
    public: PublicKey
    algorithms: tuple[str, ...]
    thumbprint: str


def signing_keys(jwks: Mapping[str, Any]) -> tuple[SigningKey, ...]:
    """Return the usable keys of a set; what is for encryption, secret, weak or unknown is passed over."""
    listed = jwks.get("keys")
    found = (_signing_key(each) for each in listed[:MOST]) if is_list(listed) else ()
    return tuple(each for each in found if each is not None)


def suitable(keys: Sequence[SigningKey], kid: str | None, algorithm: str) -> SigningKey | None:
    """Return the key that a token's header names; without a `kid`, the only one there is."""
    named = [each for each in keys if each.kid == kid] if kid is not None else keys if len(keys) == 1 else ()
    return next((each for each in named if algorithm in each.algorithms), None)


def _signing_key(jwk: object) -> SigningKey | None:
    if not is_object(jwk) or "d" in jwk or jwk.get("use", "sig") != "sig" or not _verifies(jwk):
        return None
    kid, only = jwk.get("kid"), jwk.get("alg")
    public = _public(jwk)
    if public is None or not (kid is None or isinstance(kid, str)):
        return None
    algorithms = tuple(each for each in _algorithms(public) if only is None or each == only)
    thumbprint = sha256(public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()
    return SigningKey(kid, public, algorithms, thumbprint) if algorithms else None


def _verifies(jwk: Mapping[str, Any]) -> bool:
    operations = jwk.get("key_ops")
    return operations is None or (is_list(operations) and "verify" in operations)


def _public(jwk: dict[str, Any]) -> PublicKey | None:
    kinds = {"RSA": RSAAlgorithm, "EC": ECAlgorithm, "OKP": OKPAlgorithm}
    kind = kinds.get(str(jwk.get("kty")))
    try:
        found = None if kind is None else kind.from_jwk(jwk)
    except (PyJWTError, ValueError, TypeError, UnsupportedAlgorithm):
        return None
    return found if isinstance(found, RSAPublicKey | EllipticCurvePublicKey | Ed25519PublicKey) else None


def _algorithms(public: PublicKey) -> tuple[str, ...]:
    if isinstance(public, RSAPublicKey):
        return OF_RSA if public.key_size in RSA_BITS else ()
    if isinstance(public, EllipticCurvePublicKey):
        algorithm = OF_CURVES.get(public.curve.name)
        return () if algorithm is None else (algorithm,)
    return ("EdDSA",)
