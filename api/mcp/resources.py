"""What an agent may read before it asks: how scores are made, what the schema holds, what the graph holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Final

from mcp_types import Resource, TextResourceContents

from api.documents.model import graph_page
from api.graphql.schema import sdl
from scoring.methodology_text import methodology_markdown

SCHEME: Final = "creatorgraph"


@dataclass(frozen=True, slots=True)
class Page:
    """One resource; its text is the same for every key."""

    name: str
    title: str
    description: str
    media_type: str
    text: Callable[[], str]

    @property
    def uri(self) -> str:
        """The address by which it is read."""
        return f"{SCHEME}://{self.name}"

    def described(self) -> Resource:
        """Return it as a list shows it."""
        return Resource(uri=self.uri, name=self.name, title=self.title, description=self.description, mime_type=self.media_type)

    def read(self) -> TextResourceContents:
        """Return its text."""
        return TextResourceContents(uri=self.uri, mime_type=self.media_type, text=_text(self))


@cache
def _text(page: Page) -> str:
    return page.text()


PAGES: Final = (
    Page(
        "methodology",
        "How scores are made",
        "Every indicator: its question, formula, components with weights, and the readings of each with the model of its error.",
        "text/markdown",
        methodology_markdown,
    ),
    Page("schema", "GraphQL schema", "The whole schema in the schema language, each field described.", "text/plain", sdl),
    Page(
        "graph",
        "What the graph holds",
        "Labels, relationship types and properties with units and meaning; read it before you write Cypher.",
        "text/markdown",
        graph_page,
    ),
)
BY_URI: Final = {page.uri: page for page in PAGES}
