"""Signed notes, with the example of another implementation."""

from pathlib import Path

import pytest

from api.audit.note import Checkpoint, Signer, Verifier
from api.errors import LogDamaged

PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
NOTE = """If you think cryptography is the answer to your problem,
then you don't know what your problem is.

\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
"""


def test_the_example_of_go_is_verified() -> None:
    """It stands in the documentation of golang.org/x/mod/sumdb/note."""
    verifier = Verifier.parsed(PETER)
    assert str(verifier) == PETER
    assert verifier.text(NOTE.encode()).startswith("If you think")


@pytest.mark.parametrize(
    "note",
    [NOTE.replace("answer", "Answer"), NOTE.replace("x08", "x09"), NOTE.rstrip(), NOTE + "\n", "", "\n\n"],
)
def test_what_is_not_signed_is_refused(note: str) -> None:
    with pytest.raises(LogDamaged):
        Verifier.parsed(PETER).text(note.encode())


@pytest.mark.parametrize("text", ["", "a+b+c", PETER.replace("c74f20a3", "c74f20a4"), PETER[:-4]])
def test_what_is_no_verifier_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 -- the text of any of the errors that parsing raises
        Verifier.parsed(text)


def test_a_checkpoint_reads_as_the_specification_has_it(tmp_path: Path) -> None:
    signer = Signer.of(tmp_path)
    note = Checkpoint(300, b"\7" * 32).signed(signer)
    origin, size, root, blank, signature, end = note.decode().split("\n")
    assert (origin, size, root, blank, end) == (signer.verifier.name, "300", "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=", "", "")
    assert signature.startswith(f"\u2014 {origin} ")
    assert Checkpoint.read(note, signer.verifier) == Checkpoint(300, b"\7" * 32)
    assert Signer.of(tmp_path).verifier == signer.verifier, "the key is kept"


def test_another_log_is_refused(tmp_path: Path) -> None:
    note = Checkpoint(1, b"\7" * 32).signed(Signer.of(tmp_path / "one"))
    with pytest.raises(LogDamaged, match="not signed"):
        Checkpoint.read(note, Signer.of(tmp_path / "other").verifier)
