"""How a document asks to be a tool of agents: by comments at its head, or by the field `tool` of its entry in a manifest.

    # tool: best_creators
    # title: Best creators of a region
    # roles: brand, partner
    # $region: The region's code, such as US.
    # The creators who sell best in a region, best first, with how sure that is.

Directives would have to be in the schema, and descriptions are dropped or refused by clients of before September 2025.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from api.json_values import is_list, is_object

LINE: Final = re.compile(r"(tool|title|roles|\$\w+)\s*:\s*(.*)")
FIELDS: Final = ("name", "title", "description", "roles", "variables")


@dataclass(frozen=True, slots=True)
class ToolRequest:
    """What a document says of itself as a tool; `variables` are described by the schema where nothing is said here."""

    name: str
    title: str
    description: str
    variables: Mapping[str, str]
    roles: tuple[str, ...] = ()


def in_comments(text: str) -> ToolRequest | None:
    """Return what the comments at a document's head ask for; None where they ask for no tool."""
    said: dict[str, str] = {}
    words: list[str] = []
    for line in text.splitlines():
        if not line.lstrip().startswith("#"):
            if line.strip():
                break
            continue
        comment = line.lstrip().lstrip("#").strip()
        if found := LINE.fullmatch(comment):
            said[found[1]] = found[2].strip()
        elif comment:
            words.append(comment)
    if "tool" not in said:
        return None
    variables = {name[1:]: words for name, words in said.items() if name.startswith("$")}
    return ToolRequest(said["tool"], said.get("title", ""), " ".join(words), variables, _roles(said.get("roles", "").split(",")))


def in_manifest(given: Any) -> ToolRequest:
    """Return what the field of a manifest asks for; ValueError says what is wrong with it."""
    if not is_object(given) or not given.keys() <= set(FIELDS):
        raise ValueError(f"`tool` must be an object with {', '.join(FIELDS)}, and nothing else; correct it")
    variables, roles = given.get("variables", {}), given.get("roles", [])
    name, title, description = (given.get(each, "") for each in FIELDS[:3])
    texts = [name, title, description, *(variables.values() if is_object(variables) else [None]), *(roles if is_list(roles) else [None])]
    if not all(isinstance(each, str) for each in texts):
        raise ValueError("`tool` must have texts, `variables` an object of texts by variable, and `roles` a list of texts; correct it")
    return ToolRequest(name, title, description, variables, _roles(roles))


def _roles(given: list[str]) -> tuple[str, ...]:
    return tuple(each.strip().lower() for each in given if each.strip())
