"""One example query."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import orjson

NAME: Final = re.compile(r"\b(?:query|mutation|subscription)\s+(\w+)")


@dataclass(frozen=True, slots=True)
class Example:
    """A query to begin with; it works with a key of its role and needs no id known beforehand."""

    title: str
    query: str
    variables: dict[str, Any] | None = None

    @property
    def name(self) -> str:
        """The name of the operation, which GraphiQL shows on its tab."""
        found = NAME.search(self.query)
        assert found is not None, f"{self.title}: an example's operation has a name"
        return found[1]

    def as_tab(self) -> dict[str, str]:
        """Return the example as a tab of GraphiQL, which takes variables as text."""
        variables = orjson.dumps(self.variables, option=orjson.OPT_INDENT_2).decode() if self.variables else ""
        return {"name": self.name, "query": f"# {self.title}\n{self.query.strip()}\n", "variables": variables}


Examples: TypeAlias = Mapping[str, tuple[Example, ...]]
"""Examples by role."""

TWO_CREATORS: Final = {"creators": ["Creator:put one id here", "Creator:and another here"]}
"""Variables of examples that need ids known beforehand."""
