"""What bounds the reading of untrusted files."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """Limits of one read: a document's size unpacked, how many times its packed size that may be, and from where on it is sliced.

    `encoding` and `delimiter` are those of tables without a mapping, where they are named.
    """

    document_bytes: int = 64 * 1024 * 1024
    unpacking_ratio: int = 200
    whole_bytes: int = 4 * 1024 * 1024
    encoding: str | None = None
    delimiter: str | None = None
