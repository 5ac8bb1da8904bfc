"""What the claims of a token must say (RFC 9068), and what they grant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import orjson

from api.access.challenges import refused
from api.access.grants import Grant, checked
from api.access.scopes import PREFIX
from api.access.subjects import Identity
from api.access.tokens import SEND_AGAIN
from api.access.viewer import Role, Scope
from api.errors import AccessError, Unauthenticated
from api.json_values import is_list, is_object
from graph.json_text import shown

LONGEST_SUBJECT: Final = 255
LONGEST_NAME: Final = 100
MOST_VALUES: Final = 1_000
LISTS: Final = ("regions", "brands")
KNOWN: Final = ("role", *LISTS, "creator", "name")
SCOPES: Final = ("scope", "scp")
"""Where scopes stand: in RFC 9068, and at Entra ID and Okta."""
OF_ID_TOKENS: Final = frozenset({"nonce", "at_hash", "c_hash"})
"""Claims that tell an ID token, which some providers give the same audience and `typ` as access tokens."""
SOONEST, LATEST = 0, 2**40


@dataclass(frozen=True, slots=True)
class Expected:
    """What tokens must say: from whom, for whom, within how many seconds; `claim` says what they grant."""

    issuer: str
    audiences: tuple[str, ...]
    claim: str
    leeway: int
    longest: int


@dataclass(frozen=True, slots=True)
class Validity:
    """Whom a token names, and the seconds of its issue and its end, the leeway included."""

    identity: Identity
    issued_at: int
    ends_at: int


def valid(claims: Mapping[str, Any], expected: Expected, now: float) -> Validity:
    """Return whom claims name; Unauthenticated for another issuer or audience, and outside the token's time."""
    if claims.get("iss") != expected.issuer:
        raise refused(f"the token's claim iss is {shown(claims.get('iss'))}; it must be {expected.issuer!r}")
    audience = claims.get("aud")
    named = audience if is_list(audience) else [audience]
    if not any(each in expected.audiences for each in named if isinstance(each, str)):
        raise refused(f"the token's claim aud is {shown(audience)}; it must name {' or '.join(map(repr, expected.audiences))}")
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT or not subject.isprintable():
        raise refused(f"the token's claim sub is {shown(subject)}; it must be a text of 1 to {LONGEST_SUBJECT} printable characters")
    if "cnf" in claims:
        raise refused("the token has the claim cnf, which binds it to a key of its client; get a bearer token without it")
    for name in sorted(OF_ID_TOKENS & claims.keys()):
        raise refused(f"the token has the claim {name}, as ID tokens have; send an access token")
    issued, ends = _moment(claims, "iat"), _moment(claims, "exp")
    begins = _moment(claims, "nbf") if "nbf" in claims else issued
    if ends + expected.leeway <= now:
        raise refused(f"the token has expired; {SEND_AGAIN}")
    for name, at in (("iat", issued), ("nbf", begins)):
        if at - expected.leeway > now:
            raise refused(f"the token's claim {name} lies in the future; wait until then, or set the clocks right")
    if ends - issued > expected.longest:
        raise refused(
            f"the token is valid for {ends - issued:,} s from iat to exp; at most {expected.longest:,} s are taken: "
            "have the provider issue shorter ones, or set CREATORGRAPH_OIDC_MAX_HOURS"
        )
    return Validity(Identity(expected.issuer, subject), issued, ends + expected.leeway)


def granted(claims: Mapping[str, Any], claim: str, subject: str) -> Grant:
    """Return what claims grant, by the rules that hold for keys; Unauthenticated names the claim that breaks one."""
    given = _object(claims.get(claim), claim)
    if unknown := [name for name in given if name not in KNOWN]:
        raise _wrong(f"{claim}.{unknown[0][:40]}", "is not known", f"use {', '.join(KNOWN)}")
    role, creator, name = given.get("role"), given.get("creator"), given.get("name")
    if not isinstance(role, str) or role not in set(Role):
        raise _wrong(f"{claim}.role", f"is {shown(role)}", f"use {', '.join(Role)}")
    for what, value in (("creator", creator), ("name", name)):
        if not (value is None or isinstance(value, str)):
            raise _wrong(f"{claim}.{what}", f"is {shown(value)}", "give a text, or leave it out")
    regions, brands = (_texts(given, claim, each) for each in LISTS)
    called = name or (subject if len(subject) <= LONGEST_NAME else f"{subject[: LONGEST_NAME - 1]}…")
    try:
        return checked(Grant(called, Role(role), regions, brands, creator, scopes=_scopes(claims)))
    except AccessError as error:
        raise in_claim(claim, error) from error


def in_claim(claim: str, error: AccessError) -> Unauthenticated:
    """Return the refusal of a token whose claim breaks a rule that holds for keys."""
    return refused(f"the token's claim {claim}: {error.message}")


def _object(value: object, claim: str) -> dict[str, Any]:
    """Return an object, which may come as the text of its JSON: some providers can put texts alone into a claim."""
    found = value
    if isinstance(value, str):
        try:
            found = orjson.loads(value)
        except orjson.JSONDecodeError:
            found = None
    if not is_object(found):
        raise _wrong(claim, f"is {shown(value)}", 'give an object, or its JSON as a text, such as {"role": "partner", "regions": ["US"]}')
    return found


def _texts(given: Mapping[str, Any], claim: str, name: str) -> tuple[str, ...]:
    value = given.get(name)
    values: object = [] if value is None else value
    if not is_list(values) or len(values) > MOST_VALUES or not all(isinstance(each, str) for each in values):
        raise _wrong(f"{claim}.{name}", f"is {shown(value)}", f"give a list of at most {MOST_VALUES:,} texts")
    return tuple(map(str, values))


def _scopes(claims: Mapping[str, Any]) -> tuple[Scope, ...] | None:
    """Return our scopes among a token's; None where it names none of ours, whatever others it has."""
    names: list[str] = []
    for claim in SCOPES:
        value = claims.get(claim)
        if isinstance(value, str):
            names += value.split()
        elif is_list(value) and all(isinstance(each, str) for each in value):
            names += map(str, value)
        elif value is not None:
            raise _wrong(claim, f"is {shown(value)}", "give a text with scopes separated by spaces")
    ours = {name.removeprefix(PREFIX) for name in names if name.startswith(PREFIX)}
    if not ours:
        return None
    found = tuple(scope for scope in Scope if scope in ours)
    if not found:
        raise _wrong("scope", f"names {PREFIX}{sorted(ours)[0][:40]}, which is not known", f"use {PREFIX}{f', {PREFIX}'.join(Scope)}")
    return found


def _moment(claims: Mapping[str, Any], name: str) -> int:
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not SOONEST <= value <= LATEST:
        raise refused(f"the token's claim {name} is {shown(value)}; it must be a number of seconds since 1970")
    return int(value)


def _wrong(name: str, what: str, remedy: str) -> Unauthenticated:
    return refused(f"the token's claim {name} {what}; {remedy}")
