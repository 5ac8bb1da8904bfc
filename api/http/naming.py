"""From what a client names to the text of a document: sent whole, by the id of a trusted document, or by a hash seen before."""

from __future__ import annotations

from typing import Final, NamedTuple

from api.access.viewer import Viewer
from api.audit.entries import digest
from api.errors import (
    BadRequest,
    DocumentNotInList,
    DocumentNotTrusted,
    PersistedQueryNotFound,
    PersistedQueryNotSupported,
    PersistedQueryRefused,
)
from api.http.parameters import Parameters
from api.http.persisted_queries import persisted_queries
from api.process.state import State
from api.trusted.documents import PREFIX, trusted_documents

NOT_FOUND: Final = "PersistedQueryNotFound"
NOT_SUPPORTED: Final = "PersistedQueryNotSupported"
MISMATCH: Final = "provided sha does not match query"
"""Words of Apollo Server, by which older clients of it know what to do."""
ONLY_TRUSTED: Final = (
    "keys of the role {} may run only the documents that this service's operator trusts; name one by its id (`documentId`), or have the "
    "operator add this one (CREATORGRAPH_DOCUMENTS)"
)


class Document(NamedTuple):
    """A document to run, and how it was named; `keep_as` is the hash by which its key may name it once it has been answered."""

    text: str
    by: str
    keep_as: str | None = None

    def answered(self, viewer: Viewer, process: State) -> None:
        """Keep it for its key: it is valid, and within all limits."""
        if self.keep_as is not None:
            persisted_queries(process).keep(viewer.key_id, self.keep_as, self.text)


def document(given: Parameters, viewer: Viewer, process: State) -> Document:
    """Return the document that is meant. A name stands for a text alone: what it shows is up to the viewer, as with any other text."""
    if given.document_id is not None and given.sha256 is not None:
        raise BadRequest("documentId and persistedQuery are given; send only one of them")
    if given.query is None:
        return _by_id(given.document_id, viewer, process) if given.document_id else _by_hash(given.sha256 or "", viewer, process)
    sent = _sent_hash(given)
    if sent is not None and sent != digest(given.query):
        raise PersistedQueryRefused(MISMATCH)
    if trusted_documents(process).trust(given.query):
        return Document(given.query, "trusted")
    if _restricted(viewer, process):
        raise DocumentNotTrusted(ONLY_TRUSTED.format(viewer.role))
    return Document(given.query, "text", sent if persisted_queries(process).budget else None)


def _sent_hash(given: Parameters) -> str | None:
    """Return the hash that comes with a text; BadRequest for another id, which no text can be told from."""
    if given.document_id is None:
        return given.sha256
    if not given.document_id.startswith(PREFIX):
        raise BadRequest(
            f"query and documentId ({given.document_id[:80]!r}) are given; send only one of them, or an id of the form {PREFIX}…"
        )
    return given.document_id.removeprefix(PREFIX)


def _by_id(name: str, viewer: Viewer, process: State) -> Document:
    found = _trusted(name, process)
    if found is None and name.startswith(PREFIX):
        found = _kept(name.removeprefix(PREFIX), viewer, process)
    if found is None:
        raise _unknown(name, viewer, process)
    return found


def _by_hash(sha256: str, viewer: Viewer, process: State) -> Document:
    found = _trusted(sha256, process) or _kept(sha256, viewer, process)
    if found is not None:
        return found
    if _restricted(viewer, process):
        raise _unknown(sha256, viewer, process)
    raise PersistedQueryNotFound(NOT_FOUND) if persisted_queries(process).budget else PersistedQueryNotSupported(NOT_SUPPORTED)


def _trusted(name: str, process: State) -> Document | None:
    text = trusted_documents(process).text(name)
    return None if text is None else Document(text, "trusted")


def _kept(sha256: str, viewer: Viewer, process: State) -> Document | None:
    text = None if _restricted(viewer, process) else persisted_queries(process).text(viewer.key_id, sha256)
    return None if text is None else Document(text, "hash")


def _restricted(viewer: Viewer, process: State) -> bool:
    return viewer.role in process.settings.only_trusted_documents


def _unknown(name: str, viewer: Viewer, process: State) -> DocumentNotInList:
    told = f"no document has the id {name[:80]!r}; "
    if _restricted(viewer, process):
        return DocumentNotInList(told + ONLY_TRUSTED.format(viewer.role))
    return DocumentNotInList(
        told + "send its text as `query`, or have the operator add it to the trusted documents (CREATORGRAPH_DOCUMENTS)"
    )
