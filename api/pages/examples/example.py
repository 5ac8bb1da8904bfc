"""One example query."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import orjson


@dataclass(frozen=True, slots=True)
class Example:
    """A query to begin with; it works with a key of its role and needs no id known beforehand."""

    title: str
    query: str
    variables: dict[str, Any] | None = None

    def as_tab(self) -> dict[str, str]:
        """Return the example as a tab of GraphiQL, which takes variables as text."""
        variables = orjson.dumps(self.variables, option=orjson.OPT_INDENT_2).decode() if self.variables else ""
        return {"query": f"# {self.title}\n{self.query.strip()}\n", "variables": variables}
