"""What a key grants: a role, and the bounds that the role needs."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from neo4j import AsyncDriver

from api.access.viewer import Role, Scope, Viewer
from api.errors import AccessError
from graph.dates import DAY
from graph.existing import absent, regions
from graph.plans.known import FIND
from graph.sources.faults import BadValue
from graph.sources.identifiers import identifier

REGION: Final = re.compile(r"[A-Z]{2}|\*")
BOUNDS: Final[dict[Role, tuple[frozenset[str], frozenset[str]]]] = {
    Role.ADMIN: (frozenset(), frozenset()),
    Role.ANALYST: (frozenset(), frozenset()),
    Role.PARTNER: (frozenset({"region"}), frozenset({"region", "brand"})),
    Role.BRAND: (frozenset({"region", "brand"}), frozenset({"region", "brand"})),
    Role.CREATOR: (frozenset({"creator"}), frozenset({"creator"})),
}
"""For each role the bounds that it needs, and those that it may have."""

LARGEST_BUDGET: Final = 1_000_000_000
MOST_REQUESTS: Final = 10_000

NEEDED: Final = {
    "region": "name each region granted, or '*' for all",
    "brand": "name the brand's id, as `brands` of the API shows it",
    "creator": "name the creator's own id",
}


@dataclass(frozen=True, slots=True)
class Grant:
    """A name for the key's holder, the role, its bounds, and the second at which it ends (None: never).

    `scopes` narrow it, None to all that the role may; `budget` is a cost a minute; where a limit is None, the settings' holds.
    """

    name: str
    role: Role
    regions: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    creator: str | None = None
    expires_at: int | None = None
    scopes: tuple[Scope, ...] | None = None
    budget: int | None = None
    requests_at_once: int | None = None


def viewer_of(id_: str, grant: Grant) -> Viewer:
    """Return the viewer whom a grant makes of a key's or an account's holder."""
    return Viewer(
        *(id_, grant.name, grant.role, grant.regions, grant.brands, grant.creator),
        scopes=grant.scopes,
        budget=grant.budget,
        requests_at_once=grant.requests_at_once,
    )


def checked(grant: Grant) -> Grant:
    """Return the grant tidied up, regions in capitals; AccessError where a bound is missing, foreign to the role or malformed."""
    if not grant.name.strip() or len(grant.name) > 100 or not grant.name.isprintable():
        raise AccessError(f"{grant.name[:40]!r} is not a valid key name; use 1 to 100 printable characters")
    tidy = replace(
        grant,
        name=grant.name.strip(),
        regions=tuple(region.upper() for region in grant.regions),
        brands=tuple(_id("brand", brand) for brand in grant.brands),
        creator=_id("creator", grant.creator) if grant.creator else None,
    )
    given = {"region": tidy.regions, "brand": tidy.brands, "creator": (tidy.creator,) if tidy.creator else ()}
    needed, allowed = BOUNDS[grant.role]
    for bound, values in given.items():
        if bound in needed and not values:
            raise AccessError(f"the role {grant.role} needs a {bound}; {NEEDED[bound]}")
        if values and bound not in allowed:
            raise AccessError(f"{bound} {values[0]} does not apply to the role {grant.role}; omit it")
    if tidy.scopes == ():
        raise AccessError("no scope is named, so that nothing would be allowed; name at least one, or leave scopes out")
    check_limits(tidy.budget, tidy.requests_at_once)
    for region in tidy.regions:
        if not REGION.fullmatch(region):
            raise AccessError(f"{region!r} is not a region; use a two-letter ISO 3166 code (US, GB, ID …), or '*' for all")
    return tidy


def check_limits(budget: int | None, requests_at_once: int | None) -> None:
    """Raise AccessError for limits of a key's own that are out of bounds; None stands for the service's."""
    for name, value, most in (("budget", budget, LARGEST_BUDGET), ("number of requests at once", requests_at_once, MOST_REQUESTS)):
        if value is not None and not 1 <= value <= most:
            raise AccessError(f"{value} is not a {name}; give 1 to {most:,}, or leave it out for the service's own")


def _id(bound: str, text: str) -> str:
    """Return an id as imports keep it; AccessError for what none of them would take."""
    try:
        found = identifier(text)
    except BadValue as fault:
        raise AccessError(f"{bound} {fault}") from None
    if not found:
        raise AccessError(f"{bound} is empty; {NEEDED[bound]}")
    return found


async def there(driver: AsyncDriver, grant: Grant, *, database: str) -> bool:
    """Raise AccessError where a brand, the creator or a region that the key is for is not in the graph.

    Where no region is there yet, as before the first import, none is refused; return whether the regions could be checked.
    """
    for kind, ids in (("Brand", grant.brands), ("Creator", (grant.creator,) if grant.creator else ())):
        for missing in await absent(driver, kind, ids, database=database):
            raise AccessError(f"there is no {kind.lower()} with the id {missing!r}; {FIND[kind]}, or import the data first")
    granted = [region for region in grant.regions if region != "*"]
    if not granted:
        return True
    known = await regions(driver, database=database)
    for region in granted:
        if known and region not in known:
            raise AccessError(
                f"region {region!r}: nobody sells there; use one of {', '.join(known)}, or '*' for all, or import the data first"
            )
    return bool(known)


def expiry(text: str, *, now: int) -> int:
    """Return when a key given `30d` (days from now) or `2027-01-31` (that day included, UTC) ends; it must lie ahead."""
    try:
        if re.fullmatch(r"\d{1,5}d", text):
            ends = now + int(text[:-1]) * DAY
        else:
            ends = int(datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC).timestamp()) + DAY
    except ValueError:
        raise AccessError(f"{text!r} is not a valid expiry; use a date such as 2027-01-31, or a period such as 30d") from None
    if ends <= now:
        raise AccessError(f"{text!r} is in the past; use a date or period in the future")
    return ends
