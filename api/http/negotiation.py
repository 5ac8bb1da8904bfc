"""Which media type to answer in: RFC 9110's `Accept` with quality values, as GraphQL over HTTP applies it."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

from api.errors import NotAcceptable

GRAPHQL: Final = "application/graphql-response+json"
JSON: Final = "application/json"
EVENTS: Final = "text/event-stream"
OFFERED: Final = (JSON, GRAPHQL)
"""In the order in which they are answered to a client that wants them equally, or takes whatever comes."""


class _Range(NamedTuple):
    type: str
    subtype: str
    quality: float

    def specificity(self, offered: str) -> int:
        """Return how closely the range names the type: -1 not at all, 0 `*/*`, 1 `application/*`, 2 exactly."""
        type_, _, subtype = offered.partition("/")
        if (self.type, self.subtype) == (type_, subtype):
            return 2
        if self.type == type_ and self.subtype == "*":
            return 1
        return 0 if self.type == self.subtype == "*" else -1


@lru_cache(maxsize=256)
def media_type(accept: str | None) -> str:
    """Return the media type to answer in; NotAcceptable where the client takes neither.

    A client that names both equally gets the newer type, one that takes anything gets plain JSON.
    """
    if not accept or not accept.strip():
        return JSON
    ranges = _ranges(accept)
    best = max(OFFERED, key=lambda offered: (_wanted(offered, ranges), offered == GRAPHQL and _named(offered, ranges)))
    if _wanted(best, ranges) <= 0:
        raise NotAcceptable(f"Accept: {accept[:100]} does not include a media type that this endpoint returns; accept {GRAPHQL} or {JSON}")
    return best


def streams(accept: str | None) -> bool:
    """Tell whether a client wants a stream of events more than a single answer."""
    return EVENTS in (accept or "").lower() and preferred(accept, (*OFFERED, EVENTS)) == EVENTS


def preferred(accept: str | None, offered: tuple[str, ...]) -> str | None:
    """Return which of these media types the client wants most, the first of those it wants equally; None where it takes none."""
    if not accept or not accept.strip():
        return offered[0]
    ranges = _ranges(accept)
    best = max(offered, key=lambda each: _wanted(each, ranges))
    return best if _wanted(best, ranges) > 0 else None


def utf8_json(content_type: str | None) -> bool:
    """Tell whether a body of this type can be read: JSON, in UTF-8 where a charset is named at all."""
    head, *parameters = (content_type or "").split(";")
    charset = next((value for name, _, value in map(_pair, parameters) if name == "charset"), "utf-8")
    return head.strip().lower() == JSON and charset.strip('"').lower() in {"utf-8", "utf8"}


def _ranges(accept: str) -> list[_Range]:
    found: list[_Range] = []
    for part in accept.split(","):
        name, *parameters = part.split(";")
        type_, _, subtype = name.strip().lower().partition("/")
        pairs = [(key, value) for key, _, value in map(_pair, parameters)]
        charset = next((value.strip('"').lower() for key, value in pairs if key == "charset"), "utf-8")
        if subtype and charset in {"utf-8", "utf8", "*"}:
            found.append(_Range(type_, subtype, quality(next((value for key, value in pairs if key == "q"), "1"))))
    return found


def quality(text: str) -> float:
    """Return the quality value of a range, 0–1; 0 for what is no number."""
    try:
        return min(1.0, max(0.0, float(text)))
    except ValueError:
        return 0.0


def _wanted(offered: str, ranges: list[_Range]) -> float:
    """Return the quality that the closest range gives the type."""
    fitting = [(each.specificity(offered), each.quality) for each in ranges if each.specificity(offered) >= 0]
    return max(fitting, key=lambda fit: fit[0])[1] if fitting else 0.0


def _named(offered: str, ranges: list[_Range]) -> bool:
    return any(each.specificity(offered) == 2 for each in ranges)


def _pair(parameter: str) -> tuple[str, str, str]:
    name, equals, value = parameter.strip().partition("=")
    return name.strip().lower(), equals, value.strip()
