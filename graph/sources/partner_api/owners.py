"""Whose data a folder holds: its owner file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from graph.rows import BrandRef, CreatorRef
from graph.sources.faults import BadValue
from graph.sources.options import Options
from graph.sources.partner_api.documents import documents
from graph.sources.partner_api.record import Record
from graph.sources.partner_api.tally import Tally

FILES: Final = {
    "shop.json": ("shop", "shop_id", "shop_name"),
    "creator.json": ("creator", "creator_open_id", "username"),
    "partner.json": ("partner", "partner_id", "partner_name"),
}


@dataclass(frozen=True, slots=True)
class Owner:
    """The shop, creator or partner that saved the responses, and when."""

    kind: str
    id: str | None
    name: str | None
    region: str
    exported_at: int
    file: Path

    @property
    def brand(self) -> str | BrandRef | None:
        """The owner's id as a brand, if it is a shop."""
        return self.id if self.kind == "shop" else None

    @property
    def partner(self) -> str | None:
        """The owner's id as a partner, if it is one."""
        return self.id if self.kind == "partner" else None

    @property
    def creator(self) -> CreatorRef | None:
        """The owner as a creator, if it is one."""
        return CreatorRef(open_id=self.id, handle=self.name, region=self.region) if self.kind == "creator" else None


def owner_file(owner: Owner) -> tuple[str, dict[str, Any]]:
    """Return the name and the content of an owner's file."""
    name = next(name for name, (kind, _, _) in FILES.items() if kind == owner.kind)
    _, id_field, name_field = FILES[name]
    values = {id_field: owner.id, name_field: owner.name, "region": owner.region, "exported_at": owner.exported_at}
    return name, {field: value for field, value in values.items() if value is not None}


def owner_files(folder: Path) -> list[Path]:
    """Return the owner files that lie in a folder itself; links do not count."""
    return [path for name in FILES if (path := folder / name).is_file() and not path.is_symlink()]


def owner_of(files: list[Path], options: Options) -> Owner:
    """Read the owner from the owner files of one folder; BadValue unless there is exactly one, and sound."""
    if len(files) > 1:
        raise BadValue(", ".join(f.name for f in files), "a folder has one owner file", "put each owner in a folder of its own")
    [file] = files
    found = [document for _, document in documents(file, lines=False, options=options)]
    if not found:
        raise BadValue(file.name, "an owner file is one JSON object", "write the owner's id, name, region and exported_at")
    if isinstance(found[0], BadValue):
        raise found[0]
    tally = Tally()
    tally.note_rounding((found[0], {FILES[file.name][1]: None}, file.name))
    return _owner(file, Record(found[0], "", tally, endpoint=file.name))


def _owner(file: Path, record: Record) -> Owner:
    kind, id_field, name_field = FILES[file.name]
    found_id, name = record.id(id_field), record.handle(name_field) if kind == "creator" else record.text(name_field)
    if found_id is None and not (kind == "creator" and name):
        record.required_id(id_field)
    region, exported_at = record.region("region"), record.time("exported_at")
    if region is None:
        raise BadValue("", "the owner has a region", "write a code such as US", column="region")
    if exported_at is None:
        raise BadValue("", "the owner has the time of the export", "write Unix seconds", column="exported_at")
    return Owner(kind, found_id, name, region, exported_at, file)
