"""An export with its proof, read from a folder or a zip: no database, no network."""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import polars as pl

from api.errors import ProofError
from graph.exports.proven import CREATORS, PLACE, SEALED
from graph.exports.sheets import Column
from graph.model import Type
from scoring import proof

SHEETS: Final = ("manifest", "fit", "creators", "scorecards")
FORMATS: Final = ("parquet", "jsonl")
EVIDENCE: Final = "Evidence"
TYPES: Final = {Type.STRING: pl.String(), Type.INTEGER: pl.Int64(), Type.BOOLEAN: pl.Boolean()}
LARGEST: Final = 64 << 30
"""Bytes that a zip may unpack to: far more than any run has, far less than what fills a disk by malice."""


OF_EXPORTS: Final = "give the folder or zip that `creatorgraph export scorecards --manifest` wrote"


@dataclass(frozen=True)
class Bundle:
    """What an export with `--manifest` holds.

    It is of a run, or of a region's scorecards as brands and partners see them. `manifest` is the signed text and `told`
    what it says; `signatures` are the creators'; `salts` and `seals` stand beside each row, an empty salt where facts are
    withheld. `counts` and `secret` are there where nothing is left out.
    """

    manifest: bytes
    told: Mapping[str, Any]
    signature: bytes
    public_key: str
    fit: str
    signatures: Mapping[str, bytes]
    rows: proof.RatedRows
    salts: Sequence[bytes]
    seals: Sequence[bytes]
    counts: Mapping[str, int] | None
    secret: bytes


def read(path: Path) -> tuple[Bundle, ...]:
    """Return the bundles in a folder or zip, one for each manifest; ProofError where there is none."""
    try:
        with _folder(path) as folder:
            sheets = {name: _sheet(folder, name) for name in SHEETS}
        return _bundles(sheets)
    except zipfile.BadZipFile as error:
        raise ProofError(f"{path} is neither a folder nor a complete zip archive; {OF_EXPORTS}") from error
    except (OSError, ValueError, KeyError, TypeError, IndexError, pl.exceptions.PolarsError) as error:
        raise ProofError(f"{path} is not an export with a manifest ({type(error).__name__}: {error}); {OF_EXPORTS}") from error


@contextmanager
def _folder(path: Path) -> Generator[Path]:
    if path.is_dir():
        yield path
        return
    with zipfile.ZipFile(path) as packed, tempfile.TemporaryDirectory(prefix="creatorgraph-") as folder:
        wanted = [each for each in packed.infolist() if each.filename in {f"{name}.{kind}" for name in SHEETS for kind in FORMATS}]
        if sum(each.file_size for each in wanted) > LARGEST:
            raise ValueError("it unpacks to more than 64 GiB")
        packed.extractall(folder, wanted)
        yield Path(folder)


def _sheet(folder: Path, name: str) -> pl.DataFrame:
    for kind, reader in (("parquet", pl.read_parquet), ("jsonl", _json_lines)):
        file = folder / f"{name}.{kind}"
        if file.exists():
            return reader(file)
    raise ValueError(f"{name}.parquet or {name}.jsonl is missing")


def _json_lines(file: Path) -> pl.DataFrame:
    # Python's own reader rounds each number to the nearest float; others are quicker and may miss by the last bit.
    return pl.DataFrame([json.loads(line) for line in file.read_text("utf-8").splitlines()], infer_schema_length=None)


def _with_columns(sheet: pl.DataFrame, columns: Sequence[Column]) -> pl.DataFrame:
    """Return a sheet; one of no rows with its declared columns, which JSON Lines does not name."""
    return sheet if sheet.width else pl.DataFrame(schema={each.name: TYPES[each.type] for each in columns})


def _bundles(sheets: Mapping[str, pl.DataFrame]) -> tuple[Bundle, ...]:
    heads = sheets["manifest"].to_dicts()
    if not heads:
        raise ValueError("the manifest is empty")
    names: list[str] = json.loads(heads[0]["manifest"])["scores"]
    evidence = (Column(f"{name}{EVIDENCE}", Type.INTEGER, "") for name in names)
    declared = {"creators": CREATORS.columns, "scorecards": (*PLACE, *evidence, *SEALED)}
    sheets = {name: _with_columns(sheet, declared.get(name, ())) for name, sheet in sheets.items()}
    if len(heads) == 1 and heads[0].get("region") is None:
        return (_bundle(heads[0], sheets),)
    regions = [each["region"] for each in heads]
    if stray := sorted({each for name in ("creators", "scorecards") for each in sheets[name]["region"].unique()} - set(regions)):
        raise ValueError(f"it has rows of the region {stray[0]} and no manifest of it")
    parts = ({name: sheet.filter(pl.col("region") == region) for name, sheet in sheets.items()} for region in regions)
    return tuple(_bundle(head, part) for head, part in zip(heads, parts, strict=True))


def _bundle(head: Mapping[str, Any], sheets: Mapping[str, pl.DataFrame]) -> Bundle:
    told = json.loads(head["manifest"])
    cards, secret = sheets["scorecards"], head.get("secret")
    return Bundle(
        manifest=head["manifest"].encode(),
        told=told,
        signature=bytes.fromhex(head["signature"]),
        public_key=head["publicKey"],
        fit=sheets["fit"].row(0, named=True)["fit"],
        signatures={row["creatorId"]: bytes.fromhex(row["signature"]) for row in sheets["creators"].iter_rows(named=True)},
        rows=_rows(cards, told),
        salts=[bytes.fromhex(each or "") for each in _texts(cards, "salt").tolist()],
        seals=[bytes.fromhex(each) for each in cards["seal"].to_list()],
        counts={"creators": head["creators"], "scorecards": head["scorecards"]} if secret else None,
        secret=bytes.fromhex(secret or ""),
    )


def _rows(cards: pl.DataFrame, told: Mapping[str, Any]) -> proof.RatedRows:
    names: list[str] = told["scores"]
    return proof.RatedRows(
        creator=np.array(cards["creatorId"].to_list(), dtype=np.object_),
        region=np.array(cards["region"].to_list(), dtype=np.object_),
        window=cards["window"].cast(pl.Int64).to_numpy(),
        category=np.array(cards["categoryId"].to_list(), dtype=np.object_),
        value=_numbers(cards, names),
        low=_numbers(cards, [f"{name}Low" for name in names]),
        high=_numbers(cards, [f"{name}High" for name in names]),
        evidence=np.stack([cards[f"{name}{EVIDENCE}"].cast(pl.Int64).to_numpy() for name in names], axis=1),
        basis=np.stack([_texts(cards, f"{name}Basis") for name in names], axis=1),
        reason=np.stack([_texts(cards, f"{name}Reason") for name in names], axis=1),
        open_facts=_numbers(cards, [f"fact_{name}" for name in told["facts"]]),
        sealed_facts=_numbers(cards, [f"fact_{name}" for name in told["sealedFacts"]]),
        withheld=cards["withheld"].cast(pl.Boolean).to_numpy(),
    )


def _numbers(cards: pl.DataFrame, names: Sequence[str]) -> Any:
    """Return columns [rows × names]; what is unknown in all rows has no column in JSON Lines."""
    unknown = np.full(len(cards), np.nan)
    columns = [cards[name].cast(pl.Float64).fill_null(float("nan")).to_numpy() if name in cards else unknown for name in names]
    return np.stack(columns, axis=1) if columns else np.empty((len(cards), 0))


def _texts(cards: pl.DataFrame, name: str) -> Any:
    listed = cards[name].fill_null("").to_list() if name in cards and cards[name].dtype != pl.Null else [""] * len(cards)
    return np.array(listed, dtype=np.object_)
