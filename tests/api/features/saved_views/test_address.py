"""Which addresses can be saved."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from api.access.viewer import Role
from api.features.saved_views.address import LONGEST, OPEN_TO, AddressRefused, address_of

WEB = Path(__file__).parents[4] / "web" / "src"
CAPABILITY = re.compile(r"path: '(/[^']+)'.*?roles: (BUYERS|\[[^\]]*\])", re.DOTALL)


@pytest.mark.parametrize(
    ("text", "page", "kept"),
    [
        ("/find", "find", "/find"),
        ("/find?", "find", "/find"),
        (" /find?region=US&sort=FOLLOWERS ", "find", "/find?region=US&sort=FOLLOWERS"),
        ("/find?lang=th&region=US&theme=dark", "find", "/find?region=US"),
        ("/find?lang=th", "find", "/find"),
        ("/find?name=a%2Cb+c&selected=Creator%3Ac02", "find", "/find?name=a%2Cb+c&selected=Creator%3Ac02"),
        ("/briefs/Brief%3Aabc?run=BriefRun%3A1", "briefs", "/briefs/Brief%3Aabc?run=BriefRun%3A1"),
        ("/samples?slang=1", "samples", "/samples?slang=1"),
    ],
)
def test_a_page_with_its_query(text: str, page: str, kept: str) -> None:
    assert address_of(text, Role.BRAND) == (page, kept)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "find",
        "/",
        "/nowhere",
        "/admin",
        "/cypher?query=RETURN+1",
        "/me",
        "/creators/Creator%3Ac01",
        "/find/more",
        "/find/",
        "/FIND",
        "//find",
        "//evil.example/find",
        "/\\evil.example/find",
        "https://evil.example/find",
        "javascript:alert(1)",
        "/briefs/..",
        "/briefs/%2e%2e",
        "/briefs/Brief%3Aabc/more",
        "/briefs/Brief:a\nb",
    ],
)
def test_anything_else_is_refused_with_what_is_right(text: str) -> None:
    with pytest.raises(AddressRefused, match=r"give path and query of a page of the explorer, such as /find\?region=US: one of /find, "):
        address_of(text, Role.BRAND)


@pytest.mark.parametrize("text", ["/find?name=a b", "/find?name=é", "/find?a=1#fragment", "/find?a=<b>", '/find?a="', "/find?a=\u202e"])
def test_a_query_is_as_a_browser_writes_it(text: str) -> None:
    with pytest.raises(AddressRefused, match="characters that a query has as %XX"):
        address_of(text, Role.BRAND)


def test_the_longest() -> None:
    longest = "/find?name=" + "a" * (LONGEST - 11)
    assert address_of(longest, Role.BRAND).text == longest
    with pytest.raises(AddressRefused, match=r"has 8,001 characters; give at most 8,000"):
        address_of(longest + "a", Role.BRAND)


@pytest.mark.parametrize("page", ["sales", "samples", "briefs"])
def test_a_page_that_is_not_for_the_role(page: str) -> None:
    assert address_of(f"/{page}", Role.PARTNER).page == page
    with pytest.raises(AddressRefused, match=r"not for the role analyst; give one of /find, /compare, /network, /portfolio$"):
        address_of(f"/{page}", Role.ANALYST)


def test_the_pages_are_the_explorers_and_for_the_same_roles() -> None:
    found: dict[str, set[str]] = {}
    for path in WEB.glob("*/index.ts"):
        for where, roles in CAPABILITY.findall(path.read_text("utf-8")):
            found[where] = set(re.findall(r"'(\w+)'", roles)) or {"admin", "analyst", "partner", "brand"}
    assert {page: {str(role) for role in roles} for page, roles in OPEN_TO.items()} == {page: found[f"/{page}"] for page in OPEN_TO}
    assert "/briefs/:id" in found
