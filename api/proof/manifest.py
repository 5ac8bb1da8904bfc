"""What a scoring run signs: a manifest of what it was computed from, and for each creator a digest of their scorecards."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from importlib.metadata import version
from typing import Any, Final, cast

import numpy as np

from api.proof.signing import Signer
from graph.runs import Cards, Signatures
from scoring import proof

FORMAT: Final = "creatorgraph-manifest-1"
SECRET: Final = 32


def package() -> str:
    """Return what makes a manifest: this program, and its version."""
    return f"creatorgraph {version('creatorgraph')}"


@dataclass(frozen=True, slots=True)
class Inputs:
    """What scorecards were computed from; `region` is the sole one of scorecards that go out."""

    as_of: int
    formula_version: str
    fit: str
    tables: Mapping[str, str]
    names: tuple[str, ...]
    fact_names: tuple[str, ...]
    region: str | None = None


def input_digests(tables: Any) -> dict[str, str]:
    """Return a digest for each table of a dataclass or mapping of tables; what holds no columns is left out."""
    found = {name: dict(_columns(table)) for name, table in _named(tables).items()}
    return {name: proof.columns_digest(columns) for name, columns in found.items() if columns}


def _columns(table: Any) -> Iterator[tuple[str, Any]]:
    """Yield the columns of an Arrow table, or of a dataclass or mapping of arrays."""
    if hasattr(table, "column_names"):
        yield from ((name, table.column(name).to_numpy(zero_copy_only=False)) for name in table.column_names)
        return
    yield from ((name, column) for name, column in _named(table).items() if isinstance(column, np.ndarray))


def _named(thing: Any) -> Mapping[str, Any]:
    if isinstance(thing, Mapping):
        return {str(name): value for name, value in cast("Mapping[object, Any]", thing).items()}
    return {each.name: getattr(thing, each.name) for each in fields(thing)} if is_dataclass(thing) else {}


def signatures(run: str, inputs: Inputs, cards: Cards, signer: Signer) -> Signatures:
    """Return what is stored to prove a run: its manifest, and a signature for each creator.

    What goes out is sealed with nothing, since whoever sees it sees all of it.
    """
    secret = secrets.token_bytes(SECRET) if inputs.region is None else b""
    counts = {"creators": len(set(cards.creator.tolist())), "scorecards": len(cards)}
    text = proof.canonical(_manifest(run, inputs, counts_seal(secret, counts)))
    rows = rated(cards, inputs.fact_names)
    digests = proof.creator_digests(rows, proof.card_digests(rows, proof.seals(secret, rows)))
    creators = sorted(digests)
    return Signatures(
        manifest=text.decode(),
        signature=signer.sign(text).hex(),
        public_key=signer.public,
        secret=secret.hex(),
        creators=creators,
        signatures=[signer.sign(creator_message(text, creator, digests[creator])) for creator in creators],
    )


def _manifest(run: str, inputs: Inputs, counts: str) -> dict[str, Any]:
    opened, sealed = partition(inputs.fact_names)
    return {
        "format": FORMAT,
        "run": run,
        "asOf": inputs.as_of,
        "formulaVersion": inputs.formula_version,
        "declarations": proof.declarations_digest(),
        "fit": proof.digest(inputs.fit.encode()),
        "inputs": dict(inputs.tables),
        "scores": list(inputs.names),
        "facts": opened,
        "sealedFacts": sealed,
        "counts": counts,
        **({} if inputs.region is None else {"region": inputs.region}),
        "package": package(),
    }


def creator_message(manifest: bytes, creator: str, scorecards: str) -> bytes:
    """Return what is signed for one creator: the digests of the manifest and of their scorecards."""
    return proof.canonical({"creator": creator, "manifest": proof.digest(manifest), "scorecards": scorecards})


def counts_seal(secret: bytes, counts: Mapping[str, int]) -> str:
    """Return a digest of how many creators and scorecards a run has, which tells nothing to those who do not see all of them."""
    return proof.digest(secret + proof.canonical(dict(counts)))


def partition(fact_names: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the facts that everyone may see to whom a score is explained, and those that tell exact sales."""
    sealed = proof.sealed_facts()
    return [name for name in fact_names if name not in sealed], [name for name in fact_names if name in sealed]


def rated(cards: Cards, fact_names: Sequence[str]) -> proof.RatedRows:
    """Return a run's scorecards as they are signed, nothing withheld."""
    opened, sealed = ([fact_names.index(name) for name in part] for part in partition(fact_names))
    return proof.RatedRows(
        creator=cards.creator,
        region=cards.region,
        window=cards.window,
        category=cards.category,
        value=cards.value,
        low=cards.low,
        high=cards.high,
        evidence=cards.evidence,
        basis=cards.basis,
        reason=cards.reason,
        open_facts=cards.facts[:, opened],
        sealed_facts=cards.facts[:, sealed],
        withheld=np.zeros(len(cards), dtype=np.bool_),
    )
