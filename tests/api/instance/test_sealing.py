"""What is sealed is opened by whom it was sealed for, and by nobody else."""

from __future__ import annotations

import io
import stat
import tarfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import pyrage
import pytest

from api.instance.contents import belongs
from api.instance.sealing import Opener, Seal, seal, unseal
from graph.errors import BackupError
from graph.server.archive import CONTENT, IDENTITY

PASSPHRASE = "correct horse battery staple"


def anything(_: PurePosixPath) -> bool:
    return True


FILES = {"a.key": b"secret", "in/b": b"b" * 200_000}


@dataclass(frozen=True)
class Sealed:
    """A folder that was sealed for one recipient, another one, and whoever knows the passphrase."""

    parts: dict[str, Path]
    identity: Path


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Sealed:
    """Return it, sealed once: a passphrase is made to cost a second."""
    place = tmp_path_factory.mktemp("sealing")
    for name, content in FILES.items():
        (place / "plain" / name).parent.mkdir(parents=True, exist_ok=True)
        (place / "plain" / name).write_bytes(content)
    (place / "into").mkdir()
    (recipient, file), (other, _) = identity(place / "one"), identity(place / "two")
    parts = seal(place / "plain", place / "into", Seal((other, recipient), PASSPHRASE))
    assert sorted(each.name for each in (place / "into").iterdir()) == sorted(parts) == [IDENTITY, CONTENT]
    return Sealed(parts, file)


def identity(path: Path) -> tuple[str, Path]:
    """Return a recipient, and the file of its identity as `age-keygen` writes it."""
    own = pyrage.x25519.Identity.generate()
    path.write_text(f"# created: 2026-01-01T00:00:00Z\n# public key: {own.to_public()}\n{own}\n")
    return str(own.to_public()), path


def refused(parts: dict[str, Path], given: Opener, folder: Path, said: str) -> None:
    folder.mkdir(exist_ok=True)
    with pytest.raises(BackupError, match=said):
        unseal(parts, given, folder, belongs=anything)
    assert list(folder.iterdir()) == []
    assert list(folder.parent.glob("*.tar")) == []


@pytest.mark.parametrize("by", ["identity", "passphrase"])
def test_whom_it_is_for_opens_it(sealed: Sealed, by: str, tmp_path: Path) -> None:
    folder = tmp_path / "opened"
    folder.mkdir()
    unseal(sealed.parts, Opener(sealed.identity) if by == "identity" else Opener(passphrase=PASSPHRASE), folder, belongs=anything)
    files = [each for each in folder.rglob("*") if each.is_file()]
    assert {str(each.relative_to(folder)): each.read_bytes() for each in files} == FILES
    assert {stat.S_IMODE(each.stat().st_mode) for each in files} == {0o600}
    assert stat.S_IMODE((folder / "in").stat().st_mode) == 0o700


def test_nothing_else_opens_it(sealed: Sealed, tmp_path: Path) -> None:
    assert b"secret" not in sealed.parts[CONTENT].read_bytes()
    folder, (_, stranger) = tmp_path / "opened", identity(tmp_path / "stranger")
    (tmp_path / "none").write_text("nothing")
    refused(sealed.parts, Opener(stranger), folder, r"cannot be opened .*give the identity of one of its recipients")
    refused(sealed.parts, Opener(passphrase=f"{PASSPHRASE}s"), folder, "this passphrase does not open")
    refused(sealed.parts, Opener(tmp_path / "none"), folder, "none holds no age identity")
    refused({CONTENT: sealed.parts[CONTENT]}, Opener(passphrase=PASSPHRASE), folder, "sealed without a passphrase")


def test_what_was_changed_is_refused(sealed: Sealed, tmp_path: Path) -> None:
    content = bytearray(sealed.parts[CONTENT].read_bytes())
    content[-9] ^= 1
    (tmp_path / CONTENT).write_bytes(content)
    refused({CONTENT: tmp_path / CONTENT}, Opener(sealed.identity), tmp_path / "opened", r"cannot be (opened|read)")


def hostile(kind: bytes, name: str, target: str = "") -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.type, entry.linkname = kind, target
    return entry


@pytest.mark.parametrize(
    "entry",
    [
        hostile(tarfile.REGTYPE, "../outside"),
        hostile(tarfile.REGTYPE, "/absolute"),
        hostile(tarfile.REGTYPE, "audit/../../outside"),
        hostile(tarfile.REGTYPE, "neo4j/password"),
        hostile(tarfile.SYMTYPE, "settings.env", "neo4j/password"),
        hostile(tarfile.LNKTYPE, "settings.env", "access.sqlite"),
        hostile(tarfile.FIFOTYPE, "access.sqlite"),
    ],
    ids=lambda entry: f"{entry.name} {entry.linkname}",
)
def test_what_no_instance_has_is_refused(sealed: Sealed, entry: tarfile.TarInfo, tmp_path: Path) -> None:
    """Whoever knows a recipient can seal something for it."""
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("access.sqlite") if entry.name != "access.sqlite" else tarfile.TarInfo("signing.key"))
        archive.addfile(entry)
    own = pyrage.x25519.Identity.from_str(sealed.identity.read_text().splitlines()[-1])
    (tmp_path / CONTENT).write_bytes(pyrage.encrypt(plain.getvalue(), [own.to_public()]))
    (tmp_path / "in" / "opened").mkdir(parents=True)
    with pytest.raises(BackupError, match="which no instance has; use another backup"):
        unseal({CONTENT: tmp_path / CONTENT}, Opener(sealed.identity), tmp_path / "in" / "opened", belongs=belongs)
    assert [each.name for each in tmp_path.rglob("*") if each.is_file()] in ([CONTENT, "access.sqlite"], [CONTENT, "signing.key"])


def test_a_file_that_is_no_text_is_named(sealed: Sealed, tmp_path: Path) -> None:
    (tmp_path / "identity").write_bytes(b"\xff\xfe")
    refused(sealed.parts, Opener(tmp_path / "identity"), tmp_path / "opened", "identity is no text in UTF-8")


@pytest.mark.parametrize(
    ("recipients", "passphrase", "said"),
    [
        (("age1nobody",), None, "age1nobody is no age recipient"),
        ((), "short", "has 5 characters; it needs 12 or more"),
    ],
)
def test_a_seal_that_seals_nothing_is_refused(recipients: tuple[str, ...], passphrase: str | None, said: str) -> None:
    with pytest.raises(BackupError, match=said):
        Seal(recipients, passphrase)
