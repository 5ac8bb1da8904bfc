"""A row as an observation: of which node, what it says, and what it says in passing about others."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from graph.load import names
from graph.load.registers import FIRST_SEEN, NEVER, OF_PRODUCT, SELECTED, Register, counts, history, merged
from graph.load.reports import observations_in
from graph.load.shapes import LABELS, SHAPES, Shape
from graph.rows import BrandRef, CreatorRef, Row

BY_CREATOR: Final = frozenset({"reports", "audiences", "collaborations"})
"""Tables whose nodes take their id from their creator where the row gives none."""


@dataclass(slots=True)
class Passing:
    """What rows say by the way: a creator's open id with a name, a brand's name."""

    creators: dict[str, Register] = field(default_factory=dict[str, Register])
    brands: dict[str, Register] = field(default_factory=dict[str, Register])
    sightings: dict[str, list[str]] = field(default_factory=dict[str, list[str]])


@dataclass(frozen=True, slots=True)
class Observation:
    """What one row says of one node.

    `name` is set where the node's id depends on who holds that name; `key` is then what follows the creator in the id.
    """

    label: str
    key: str
    register: Register
    name: str | None = None
    at: int = 0


def observed(row: Row, passing: Passing) -> Observation:
    """Return what a node table's row observes, and note in `passing` what it says of others."""
    shape = SHAPES[LABELS[row.table]]
    age = row.age.text()
    if row.table == "creators":
        return _creator(row, shape, age, passing)
    fields = shape.properties_in(row.values) | references(row.values, shape, age, passing)
    if row.table == "reports":
        fields = observations_in(fields)
    if row.table in BY_CREATOR and "id" not in fields:
        return _of_creator(row, shape, fields)
    if row.table == "categories":
        return Observation(shape.label, fields["id"], _category(row, fields, age))
    key = fields["id"] = _key(row.table, row.values)
    if row.table == "contents":
        since(passing, fields.get("creator_id"), fields.get("publishedAt") or row.values.get("time_in_id"))
    return Observation(shape.label, key, register_of(shape, fields, row) | _time_in_id(row))


def references(values: dict[str, Any], shape: Shape, age: str, passing: Passing) -> dict[str, Any]:
    """Return the reference columns of a row as ids and marked names."""
    told: dict[str, Any] = {}
    for link in shape.links:
        value = values.get(link.column)
        key = sorted(set(value)) if link.many and value is not None else _reference(value, age, passing)
        if key is not None:
            told[link.column] = key
    return told


def register_of(shape: Shape, fields: dict[str, Any], row: Row) -> Register:
    """Return fields as a register: a part of a whole with the states it was seen in, or a key for each field."""
    age = row.age.text()
    timeless: Register = {FIRST_SEEN: (NEVER, row.age.observed_at)} if shape.sighted else {}
    if shape.label == "Content":
        timeless[SELECTED] = (NEVER, bool(fields.pop(SELECTED, False)))
    if not shape.whole:
        return {key: (age, value) for key, value in fields.items()} | timeless
    states, numbers = _states(row, fields, age), _counts(row, fields, age)
    return {_part(row, fields): (age, fields)} | states | numbers | timeless


def _states(row: Row, fields: dict[str, Any], age: str) -> Register:
    """Take the states out of a collaboration's fields; its own is known from the export on, else from the offer on."""
    since = row.age.observed_at or fields.get("offeredAt")
    known = since and "status" in fields
    return history(fields.pop("seenAt", [since] if known else []), fields.pop("statuses", [fields.get("status", "")]), age)


def _counts(row: Row, fields: dict[str, Any], age: str) -> Register:
    """Take the numbers of posts out of a collaboration's fields; its own is known from the export on."""
    known = row.age.observed_at and "contentCount" in fields
    times = fields.pop("countedAt", [row.age.observed_at] if known else [])
    return counts(times, fields.pop("contentCounts", [fields.get("contentCount", 0)]), age)


def _part(row: Row, fields: dict[str, Any]) -> str:
    """Return which part of a collaboration a row tells; a campaign's content is told product by product."""
    products = fields.get("product_ids", ())
    return f"{OF_PRODUCT}{products[0]}" if row.part and fields.get("kind") == "CAMPAIGN" and len(products) == 1 else row.part


def _time_in_id(row: Row) -> Register:
    at = row.values.get("time_in_id")
    return {"time_in_id": (NEVER, at)} if at else {}


def reference(value: CreatorRef, age: str, passing: Passing) -> str | None:
    """Return whom a reference names, and note in `passing` who was seen with which name."""
    key = names.creator_key(value)
    if key and not key.startswith(names.MARK) and value.region:
        told: dict[str, Any] = {"id": key, "region": value.region}
        told |= {"openId": value.open_id} if value.open_id else {}
        told |= {"handle": names.displayed(value.handle)} if value.handle else {}
        tell(passing.creators, key, {name: (age, said) for name, said in told.items()})
        see(passing, value.handle, value.region, age, key)
    return key


def tell(where: dict[str, Register], key: str, register: Register) -> None:
    """Add to what is said in passing; of one field the newest is kept."""
    where[key] = merged(where.get(key, {}), register)


def see(passing: Passing, handle: str | None, region: str | None, age: str, holder: str) -> None:
    """Note that `holder` was seen with a name."""
    if handle and names.compared(handle):
        passing.sightings.setdefault(names.name_id(handle, region), []).append(names.sighting(age, holder))


def since(passing: Passing, creator: str | None, at: int | None) -> None:
    """Note that a creator was active at a time; of one known by name that is not kept."""
    if creator and at and not creator.startswith(names.MARK):
        tell(passing.creators, creator, {"firstSeenAt": (NEVER, at)})


def _reference(value: Any, age: str, passing: Passing) -> str | None:
    if isinstance(value, CreatorRef):
        return reference(value, age, passing)
    if isinstance(value, BrandRef):
        key = names.brand_key(value)
        if key and value.name:
            known = {"id": key, "name": value.name.strip(), "region": value.region, "namedOnly": None if value.id else True}
            tell(passing.brands, key, {name: (age, said) for name, said in known.items() if said is not None})
        return key
    return str(value) if value is not None and value != "" else None


def _creator(row: Row, shape: Shape, age: str, passing: Passing) -> Observation:
    """Return a creator's row, by id or, where it has none, by name."""
    given = row.values.get("id")
    ref = given if isinstance(given, CreatorRef) else CreatorRef(given)
    fields = shape.properties_in({name: value for name, value in row.values.items() if name != "id"})
    handle, region = fields.get("handle") or ref.handle, fields.get("region") or ref.region
    key = names.creator_key(CreatorRef(ref.id, fields.get("openId") or ref.open_id, handle, region)) or ""
    if handle:
        fields["handle"] = names.displayed(handle)
    seen: Register = {"firstSeenAt": (NEVER, row.age.observed_at)} if row.age.observed_at else {}
    if key.startswith(names.MARK):
        return Observation("Creator", "", register_of(shape, fields, row) | seen, key[1:], row.age.observed_at)
    see(passing, handle, region, age, key)
    return Observation("Creator", key, register_of(shape, fields | {"id": key}, row) | seen)


def _of_creator(row: Row, shape: Shape, fields: dict[str, Any]) -> Observation:
    """Return a report, an audience or a programme's collaboration, whose id begins or ends with its creator."""
    key, creator = _within(row.table, fields), fields["creator_id"]
    if creator.startswith(names.MARK):
        del fields["creator_id"]
        return Observation(shape.label, key, register_of(shape, fields, row), creator[1:], row.age.observed_at)
    fields["id"] = id_of(shape.label, key, creator)
    return Observation(shape.label, fields["id"], register_of(shape, fields, row))


def id_of(label: str, key: str, creator: str) -> str:
    """Return the id of a node that is one of its creator's."""
    if label == "Creator":
        return creator
    return f"{key}:{creator}" if label == "Collaboration" else f"{creator}:{key}"


def _within(table: str, fields: dict[str, Any]) -> str:
    if table == "reports":
        return datetime.fromtimestamp(fields["at"], UTC).date().isoformat()
    return f"{fields['dimension']}:{fields['bucket']}" if table == "audiences" else str(fields["programmeId"])


def _category(row: Row, fields: dict[str, Any], age: str) -> Register:
    """Return a category's register: the parent as a field, the name once by itself and once for its region."""
    told = {key: (age, value) for key, value in fields.items()}
    parent, name, region = row.values.get("parent_id"), fields.get("name"), row.values.get("region")
    told |= {"parent_id": (age, str(parent))} if parent not in (None, "") else {}
    return told | ({f"name@{region}": (age, name)} if name and region else {})


def _key(table: str, values: dict[str, Any]) -> str:
    """Return the id of a row, also where it has none: a brand known by name, a rate by currency and day."""
    if table == "rates":
        return f"{values['currency']}:{values['date']}"
    given = values.get("id") or BrandRef(None, values.get("name"), values.get("region"))
    return names.brand_key(given) or "" if isinstance(given, BrandRef) else str(given)
