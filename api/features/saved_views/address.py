"""Which addresses can be saved: the path of one of the explorer's pages, with its query, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple
from urllib.parse import unquote

from api.access.viewer import Role

LONGEST: Final = 8_000
"""Characters; a view of Find with two hundred creators selected has 7,000."""

BUYERS: Final = frozenset({Role.ADMIN, Role.ANALYST, Role.PARTNER, Role.BRAND})
SELLERS: Final = frozenset({Role.PARTNER, Role.BRAND})

OPEN_TO: Final[Mapping[str, frozenset[Role]]] = {
    **dict.fromkeys(("find", "compare", "network", "portfolio"), BUYERS),
    **dict.fromkeys(("sales", "samples", "briefs"), SELLERS),
}
"""The pages whose addresses hold their views, by the first part of their path, with the roles that they are for."""

PATH: Final = re.compile(r"/([a-z]+)(?:/([^/?#\\]+))?")
PLAIN: Final = re.compile(r"[\w\-.~!$&'()*+,;=:@%/?]*", re.ASCII)
ALONG: Final = ("lang=", "theme=")
"""What belongs to the viewer rather than to a view."""


class AddressRefused(ValueError):
    """The text is no address that can be saved."""


class Address(NamedTuple):
    """An address that can be saved, and the page that it opens."""

    page: str
    text: str


def address_of(text: str, role: Role) -> Address:
    """Return the address without what belongs to the viewer; AddressRefused for anything but a page that is open to the role."""
    tidy = text.strip()
    if len(tidy) > LONGEST:
        raise AddressRefused(f"address has {len(tidy):,} characters; give at most {LONGEST:,}, as with fewer creators selected")
    path, mark, query = tidy.partition("?")
    page = _page(path, tidy)
    if not PLAIN.fullmatch(query):
        raise AddressRefused(
            f"address {_shown(tidy)} has characters that a query has as %XX, or a fragment (#); give it as the browser does"
        )
    if role not in OPEN_TO[page]:
        raise AddressRefused(f"address {_shown(tidy)} leads to a page that is not for the role {role}; give one of {_pages(role)}")
    kept = "&".join(each for each in query.split("&") if each and not each.startswith(ALONG))
    return Address(page, f"{path}{mark}{kept}" if kept else path)


def _page(path: str, text: str) -> str:
    """Return which page a path is of; a brief is the only page that has a part below its own."""
    found = PATH.fullmatch(path)
    page, below = found.groups() if found else ("", None)
    if page not in OPEN_TO or (below and not (page == "briefs" and PLAIN.fullmatch(below) and unquote(below).startswith("Brief:"))):
        raise AddressRefused(
            f"address is {_shown(text)}; give path and query of a page of the explorer, such as /find?region=US: one of {_pages()}"
        )
    return page


def _pages(role: Role | None = None) -> str:
    return ", ".join(f"/{page}" for page, roles in OPEN_TO.items() if role is None or role in roles)


def _shown(text: str) -> str:
    return repr(text if len(text) <= 80 else f"{text[:79]}…")
