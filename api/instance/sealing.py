"""A folder as one sealed file in the form of age (https://age-encryption.org/v1), which other programs open as well.

Whoever seals for a recipient cannot open it: the host that makes backups need not know how to read them.
"""

from __future__ import annotations

import os
import shutil
import tarfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

import pyrage

from graph.errors import BackupError
from graph.server.archive import CONTENT, IDENTITY
from graph.server.home import write_private

PREFIX: Final = "AGE-SECRET-KEY-"
LEAST: Final = 12
"""Characters of a passphrase."""


@dataclass(frozen=True, slots=True)
class Seal:
    """For whom to seal: age recipients (`age1…`), whoever knows a passphrase, or both."""

    recipients: Sequence[str] = ()
    passphrase: str | None = None

    def __post_init__(self) -> None:
        """Refuse a passphrase that is soon guessed, and recipients that are none."""
        if self.passphrase is not None and len(self.passphrase) < LEAST:
            raise BackupError(f"the passphrase has {len(self.passphrase)} characters; it needs {LEAST} or more, say five words")
        for each in self.recipients:
            _recipient(each)


@dataclass(frozen=True, slots=True)
class Opener:
    """What opens a seal: a file of age identities, or a passphrase."""

    identities: Path | None = None
    passphrase: str | None = None


def seal(folder: Path, into: Path, given: Seal) -> dict[str, Path]:
    """Seal all files of `folder`, and return the parts made in `into` by their names.

    A passphrase seals in memory alone, and content may be large: what opens the content is sealed with it.
    """
    recipients = [_recipient(each) for each in given.recipients]
    parts = {CONTENT: into / CONTENT}
    if given.passphrase is not None:
        own = pyrage.x25519.Identity.generate()
        recipients.append(own.to_public())
        parts[IDENTITY] = into / IDENTITY
        parts[IDENTITY].write_bytes(pyrage.passphrase.encrypt(str(own).encode(), given.passphrase))
    packed = into / "instance.tar"
    write_private(packed, "")
    with tarfile.open(packed, "w") as archive:
        for child in sorted(folder.iterdir()):
            archive.add(child, child.name)
    with packed.open("rb") as plain, parts[CONTENT].open("wb") as sealed:
        pyrage.encrypt_io(plain, sealed, recipients)
    packed.unlink()
    return parts


def unseal(parts: Mapping[str, Path], given: Opener, folder: Path, *, belongs: Callable[[PurePosixPath], bool]) -> None:
    """Open what `seal` made, and put its files into `folder`, which is empty.

    BackupError where `given` does not open it, and where it holds what does not belong: whoever knows a recipient can seal for it.
    """
    identities = _identities(parts.get(IDENTITY), given)
    packed = folder.with_name(f"{folder.name}.tar")
    write_private(packed, "")
    try:
        with parts[CONTENT].open("rb") as sealed, packed.open("wb") as plain:
            pyrage.decrypt_io(sealed, plain, identities)
        with tarfile.open(packed) as archive:
            for member in archive:
                if not member.isdir():
                    _unpack(archive, member, folder, belongs)
        os.sync()
    except pyrage.DecryptError as error:
        remedy = "give the identity of one of its recipients" if "matching" in str(error) else "it is damaged; use another backup"
        raise BackupError(f"the instance in this backup cannot be opened ({error}); {remedy}") from error
    except (OSError, tarfile.TarError) as error:
        raise BackupError(f"the instance in this backup cannot be read ({error}); use another backup") from error
    finally:
        packed.unlink(missing_ok=True)


def _unpack(archive: tarfile.TarFile, member: tarfile.TarInfo, folder: Path, belongs: Callable[[PurePosixPath], bool]) -> None:
    """Write one file, for its owner alone; no link, and nothing outside of the folder."""
    path, content = PurePosixPath(member.name), archive.extractfile(member) if member.isreg() else None
    if content is None or path.is_absolute() or not path.parts or not belongs(path):
        raise BackupError(f"the instance in this backup holds {member.name[:80]!r}, which no instance has; use another backup")
    target = folder.joinpath(*path.parts)
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        shutil.copyfileobj(content, file)


def _recipient(text: str) -> pyrage.x25519.Recipient:
    try:
        return pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError as error:
        raise BackupError(f"{text} is no age recipient ({error}); give what `age-keygen` calls the public key, age1…") from error


def _identities(sealed: Path | None, given: Opener) -> list[pyrage.x25519.Identity]:
    if given.identities is not None:
        return _listed(text_of(given.identities), str(given.identities))
    if sealed is None:
        raise BackupError("the instance in this backup was sealed without a passphrase; give the identity of a recipient with --identity")
    try:
        return _listed(pyrage.passphrase.decrypt(sealed.read_bytes(), given.passphrase or "").decode(), "the backup")
    except pyrage.DecryptError as error:
        raise BackupError(f"this passphrase does not open the instance in this backup ({error}); give the one of its making") from error


def text_of(file: Path) -> str:
    """Return the text of a file that somebody named; BackupError for one that is none."""
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BackupError(f"{file} is no text in UTF-8 ({error}); give a file of text") from error


def _listed(text: str, where: str) -> list[pyrage.x25519.Identity]:
    """Return the identities in a file as `age-keygen` writes it."""
    try:
        found = [pyrage.x25519.Identity.from_str(line.strip()) for line in text.splitlines() if line.startswith(PREFIX)]
    except pyrage.IdentityError as error:
        raise BackupError(f"{where} holds an identity that is none ({error}); give a file that `age-keygen` wrote") from error
    if not found:
        raise BackupError(f"{where} holds no age identity; give a file that `age-keygen` wrote, with a line {PREFIX}…")
    return found
