"""What stands for creators and queries in the log: salted hashes, whose salts lie beside it, so that a person can be forgotten.

The log can neither change nor lose an entry. Once a creator's salt is gone, nothing tells any more whom their entries were about.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Iterable
from hashlib import blake2b, sha256
from pathlib import Path
from secrets import token_bytes
from typing import Final

from api.access.sqlite import changes, opened, writing
from api.audit.entries import digest

FILE: Final = "pseudonyms.sqlite"
BYTES: Final = 12
SALT: Final = 16
KEY: Final = 32
MOST: Final = 500_000
TABLES: Final = """
CREATE TABLE IF NOT EXISTS creators (id TEXT PRIMARY KEY, salt BLOB NOT NULL, pseudonym TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE IF NOT EXISTS forgotten (hash BLOB PRIMARY KEY) STRICT;
CREATE TABLE IF NOT EXISTS secret (id INTEGER PRIMARY KEY CHECK (id = 1), key BLOB NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS texts (digest TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT;
"""


class Pseudonyms:
    """The file of one log; safe to use from one thread at a time."""

    def __init__(self, folder: Path) -> None:
        """Open the file, made where it is missing, for its owner alone."""
        self._database = opened(folder / FILE, timeout=10)
        self._database.execute("PRAGMA synchronous = FULL")
        self._database.execute("PRAGMA secure_delete = ON")
        self._database.executescript(TABLES)
        self._known: dict[str, str] = {}
        self._changes = changes(self._database)

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def of(self, creators: Iterable[str]) -> dict[str, str]:
        """Return the pseudonym of each creator, made for those who have none."""
        self._notice()
        if len(self._known) > MOST:
            self._known.clear()
        wanted = list(creators)
        if missing := [each for each in wanted if each not in self._known]:
            self._learn(missing)
        return {each: self._known[each] for each in wanted}

    def known(self, creator: str) -> str | None:
        """Return a creator's pseudonym; None for one whom the log names nowhere."""
        row = self._database.execute("SELECT pseudonym FROM creators WHERE id = ?", (creator,)).fetchone()
        return row and row[0]

    def creators(self, pseudonyms: Iterable[str]) -> dict[str, str]:
        """Return the creators behind pseudonyms; those who were forgotten are left out."""
        found: dict[str, str] = {}
        for each in pseudonyms:
            row = self._database.execute("SELECT id FROM creators WHERE pseudonym = ?", (each,)).fetchone()
            if row:
                found[each] = row[0]
        return found

    def forget(self, creator: str) -> bool:
        """Forget who stands behind a pseudonym, and every kept query that names the creator; tell whether there was one.

        What was shown of them and is written only now gets pseudonyms that lead nowhere.
        """
        with writing(self._database):
            gone = self._database.execute("DELETE FROM creators WHERE id = ?", (creator,)).rowcount > 0
            self._database.execute("DELETE FROM texts WHERE instr(text, ?) > 0", (creator,))
            self._database.execute("INSERT INTO forgotten (hash) VALUES (?) ON CONFLICT DO NOTHING", (self._hash(creator),))
        self._known.pop(creator, None)
        self._database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return gone

    def forget_texts(self, words: Iterable[str]) -> None:
        """Forget every kept query that has one of these words."""
        with writing(self._database):
            self._database.executemany("DELETE FROM texts WHERE instr(text, ?) > 0", [(each,) for each in words])
        self._database.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def keep(self, text: str) -> None:
        """Keep the text that a digest in the log stands for."""
        with writing(self._database):
            self._database.execute("INSERT INTO texts (digest, text) VALUES (?, ?) ON CONFLICT DO NOTHING", (digest(text), text))

    def text(self, named: str) -> str | None:
        """Return the text that a digest stands for; None where none is kept, or no more."""
        row = self._database.execute("SELECT text FROM texts WHERE digest = ?", (named,)).fetchone()
        return row and row[0]

    def wrong(self) -> list[str]:
        """Return what was changed by other means: creators whose pseudonym, and digests whose text, do not belong together."""
        rows = self._database.execute("SELECT id, salt, pseudonym FROM creators ORDER BY id")
        texts = self._database.execute("SELECT digest, text FROM texts ORDER BY digest")
        return [
            *(id_ for id_, salt, pseudonym in rows if _pseudonym(salt, id_) != pseudonym),
            *(named for named, text in texts if digest(text) != named),
        ]

    def _learn(self, creators: list[str]) -> None:
        with writing(self._database):
            for each in creators:
                salt = token_bytes(SALT)
                if self._database.execute("SELECT 1 FROM forgotten WHERE hash = ?", (self._hash(each),)).fetchone():
                    self._known[each] = _pseudonym(salt, each)
                    continue
                values = each, salt, _pseudonym(salt, each)
                self._database.execute("INSERT INTO creators (id, salt, pseudonym) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING", values)
                self._known[each] = self._database.execute("SELECT pseudonym FROM creators WHERE id = ?", (each,)).fetchone()[0]

    def _hash(self, creator: str) -> bytes:
        """Return what remembers that a creator was forgotten; its key lies in the file."""
        self._database.execute("INSERT INTO secret (id, key) VALUES (1, ?) ON CONFLICT DO NOTHING", (token_bytes(KEY),))
        key: bytes = self._database.execute("SELECT key FROM secret").fetchone()[0]
        return blake2b(creator.encode(), key=key, digest_size=BYTES).digest()

    def _notice(self) -> None:
        """Look up anew where another process has changed the file: it may have forgotten somebody."""
        if (now := changes(self._database)) != self._changes:
            self._known.clear()
            self._changes = now


def _pseudonym(salt: bytes, creator: str) -> str:
    return urlsafe_b64encode(sha256(salt + creator.encode()).digest()[:BYTES]).decode()
