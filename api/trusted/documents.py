"""The trusted documents of a process: found by id, by hash, or by their text; and the tools that some of them are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from api.mcp.tool import Tool
from api.process.state import State, limits
from api.settings import Settings
from api.trusted.checking import problems
from api.trusted.manifest import DocumentsRefused, TrustedDocument, documents
from api.trusted.tools import tools

PREFIX: Final = "sha256:"
"""Begins an id that is the hash of its text, in the draft of GraphQL over HTTP on persisted documents."""


class TrustedDocuments:
    """Documents that an operator vouches for; which viewer may run only these, the settings say."""

    def __init__(self, found: Sequence[TrustedDocument] = (), offered: Sequence[Tool] = ()) -> None:
        """Find documents by their ids and hashes, and offer tools."""
        self.tools = tuple(offered)
        self._texts = {name: each.text for each in found for name in (each.sha256, PREFIX + each.sha256)} | {
            each.id: each.text for each in found
        }
        self._trusted = frozenset(each.text for each in found)

    def __len__(self) -> int:
        return len(self._trusted)

    def text(self, name: str) -> str | None:
        """Return the text of a document by its id, or by its hash with or without prefix."""
        return self._texts.get(name)

    def trust(self, text: str) -> bool:
        """Tell whether a text is that of a trusted document, to the letter."""
        return text in self._trusted


def trusted_documents(process: State) -> TrustedDocuments:
    """Return the trusted documents of a process, which were read when it started."""
    return process.own.of(TrustedDocuments, lambda: read(process.settings))


def read(settings: Settings) -> TrustedDocuments:
    """Read what the settings name, and check it against the schema; DocumentsRefused names file, document and remedy."""
    found = documents(settings.documents)
    if not found and settings.only_trusted_documents:
        raise DocumentsRefused(
            "CREATORGRAPH_ONLY_TRUSTED_DOCUMENTS is set, and there are no trusted documents; name a manifest in CREATORGRAPH_DOCUMENTS"
        )
    wrong = problems(found, limits(settings))
    if wrong:
        more = f" ({len(wrong) - 1} more: `creatorgraph doctor` lists them)" if len(wrong) > 1 else ""
        raise DocumentsRefused(wrong[0] + more)
    return TrustedDocuments(found, tools(found))
