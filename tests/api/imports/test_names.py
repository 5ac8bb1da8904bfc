from __future__ import annotations

import pytest

from api.errors import BadUserInput
from api.imports.names import relative_path

GOOD = ("creators.csv", "shop 1/search-seller-affiliate-orders.json", "tables/creators.jsonl", "a/b/c.csv.gz", "ชื่อ/é😀.csv", "console.csv")


@pytest.mark.parametrize("name", GOOD)
def test_a_path_below_the_import_stays_as_it_is(name: str) -> None:
    assert str(relative_path(name)) == name


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("", "is empty"),
        ("/etc/passwd", "is absolute"),
        ("C:/file.csv", "is absolute"),
        ("a\\..\\b.csv", "is absolute or has a backslash"),
        ("..", "has an empty part, . or .."),
        ("../../access.sqlite", "has an empty part, . or .."),
        ("a/../../b", "has an empty part, . or .."),
        ("a/./b", "has an empty part, . or .."),
        ("a//b", "has an empty part, . or .."),
        ("a/", "has an empty part, . or .."),
        (".hidden", "has a hidden part"),
        ("a/.git/config", "has a hidden part"),
        ("a\x00.csv", "has control characters"),
        ("a\n.csv", "has control characters"),
        ("a\x7f.csv", "has control characters"),
        ("a\udcff.csv", "has control characters"),
        ("gpj\u202efdp.csv", "turn the direction"),
        ("con", "is the name of a device"),
        ("a/NUL.csv", "is the name of a device"),
        ("lpt1.txt/b.csv", "is the name of a device"),
        (" a.csv", "begins or ends with white space"),
        ("a./b.csv", "ends with a dot"),
        ("x" * 201, "has a part longer than 200 bytes"),
        ("é" * 101, "has a part longer than 200 bytes"),
        ("/".join("abcdefghijklmnopq"), "lies in more than 15 folders"),
        ("/".join(["x" * 190] * 6), "longer than 1,000 bytes"),
    ],
)
def test_a_hostile_name_is_refused_with_the_rule_and_the_remedy(name: str, rule: str) -> None:
    with pytest.raises(BadUserInput) as refused:
        relative_path(name)
    assert rule in refused.value.message
    assert "; " in refused.value.message
    assert refused.value.message.replace("…", "").isascii()
