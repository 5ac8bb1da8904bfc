"""Documents as people's tools write them."""

from __future__ import annotations

import json
from hashlib import md5, sha256
from pathlib import Path
from typing import Any

WHO = "query Who { viewer { role } }"
ONE = "query One($id: ID!) { creator(id: $id) { ...Short } } fragment Short on Creator { id handle }"
TOOL = """# tool: best_creators
# title: Best creators of a region
# roles: partner, analyst
# $region: The region's code, such as US.
# The creators who sell best in a region,
# best first.
query Best($region: Region!, $first: Int = 3) {
  ranking(by: SALES_ABILITY, region: $region, first: $first) { edges { rank node { handle } } }
}
"""


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def apollo(folder: Path, *bodies: str, **tools: dict[str, Any]) -> Path:
    """Write Apollo's manifest; `tools` are those of operations by name."""
    operations = []
    for body in bodies:
        name = body.split("(")[0].split("{")[0].split()[1]
        entry = {"id": digest(body), "name": name, "type": "query", "body": body}
        operations.append(entry | ({"tool": tools[name]} if name in tools else {}))
    return written(folder / "apollo.json", {"format": "apollo-persisted-query-manifest", "version": 1, "operations": operations})


def relay(folder: Path, *texts: str) -> Path:
    """Write Relay's map, whose ids are MD5."""
    return written(folder / "relay.json", {md5(text.encode(), usedforsecurity=False).hexdigest(): text for text in texts})


def graphql(folder: Path, **texts: str) -> Path:
    """Write a folder of files."""
    for name, text in texts.items():
        path = folder / "queries" / f"{name.replace('__', '/')}.graphql"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder / "queries"


def written(path: Path, content: Any) -> Path:
    path.write_text(json.dumps(content), "utf-8")
    return path
