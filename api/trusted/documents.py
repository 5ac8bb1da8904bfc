"""The trusted documents of a process: found by id, by hash, or by their text; and the tools that some of them are.

Those of the explorer that is built beside this service are among them; an operator need not name them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from api.audit.entries import digest
from api.mcp.tool import Tool
from api.pages.explorer.build import build
from api.process.state import State, limits
from api.settings import Settings
from api.trusted.checking import problems
from api.trusted.manifest import DocumentsRefused, TrustedDocument, documents
from api.trusted.tools import tools

PREFIX: Final = "sha256:"
"""Begins an id that is the hash of its text, in the draft of GraphQL over HTTP on persisted documents."""


class TrustedDocuments:
    """Documents that an operator vouches for, and those of our own page; which viewer may run only these, the settings say."""

    def __init__(self, found: Sequence[TrustedDocument] = (), offered: Sequence[Tool] = (), own: Collection[str] = ()) -> None:
        """Find documents by their ids and hashes, our `own` by their hashes alone, and offer tools."""
        self.tools = tuple(offered)
        self._vouched = len({each.text for each in found})
        texts = (*own, *(each.text for each in found))
        self._texts = {name: text for text in texts for name in (digest(text), PREFIX + digest(text))} | {
            each.id: each.text for each in found
        }
        self._trusted = frozenset(texts)

    def __len__(self) -> int:
        """Return how many documents the operator vouches for."""
        return self._vouched

    def text(self, name: str) -> str | None:
        """Return the text of a document by its id, or by its hash with or without prefix."""
        return self._texts.get(name)

    def trust(self, text: str) -> bool:
        """Tell whether a text is that of a trusted document, to the letter."""
        return text in self._trusted


def trusted_documents(process: State) -> TrustedDocuments:
    """Return the trusted documents of a process, which were read when it started."""
    return process.own.of(TrustedDocuments, lambda: _all(process))


def _all(process: State) -> TrustedDocuments:
    explorer = build(process)
    return read(process.settings, own=explorer.documents.values() if explorer else ())


def read(settings: Settings, *, own: Collection[str] = ()) -> TrustedDocuments:
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
    return TrustedDocuments(found, tools(found), own)
