"""The records of a Parquet file."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, Final, cast

from graph.sources.faults import BadValue

BATCH: Final = 4096


def parquet_records(path: Path) -> Iterator[tuple[str, dict[str, Any] | BadValue]]:
    """Yield each row with its number. BadValue where the file cannot be read."""
    # Imported here: it costs 60 MB that the reading of responses does without.
    pa: Any = import_module("pyarrow")
    parquet: Any = import_module("pyarrow.parquet")
    try:
        with parquet.ParquetFile(path) as file:
            number = 0
            for batch in file.iter_batches(batch_size=BATCH):
                for record in cast("list[dict[str, Any]]", batch.to_pylist()):
                    number += 1
                    yield f"row {number}", record
    except (pa.ArrowInvalid, OSError) as error:
        raise BadValue(path.name, f"the Parquet file cannot be read ({error})", "write it again") from None
