"""A saved document, bare or in an envelope, to the response that an endpoint reads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from graph.rows import Note
from graph.sources.faults import BadValue
from graph.sources.partner_api.endpoint import Document, Endpoint, Place
from graph.sources.partner_api.owners import Owner
from graph.sources.partner_api.record import Record
from graph.sources.partner_api.tally import Tally, declared

RESPONSE = declared("code message request_id data")


def response(saved: dict[str, Any], endpoint: Endpoint, owner: Owner, tally: Tally, place: Place) -> Document | Note:
    """Return the document to read, or a note of why there is nothing in it; BadValue where it must be rejected."""
    request, body = _parts(saved)
    if (failure := _failure(body)) is not None:
        return Note("failed response", failure, place.file)
    _check_owner(endpoint, owner)
    data = _object(body, "data")
    tally.unknown_fields(dict.fromkeys(body), RESPONSE, endpoint.slug)
    endpoint.tally_unknown(data, request, tally)
    record = Record(data, "data.", tally, endpoint=endpoint.slug, fields=endpoint.fields)
    ids = _ids(endpoint, request, record)
    return Document(endpoint, owner, record, ids, request, place)


def _parts(saved: dict[str, Any]) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """Return the request (empty for a bare response) and the response."""
    if "response" not in saved:
        return {}, saved
    return _object(saved, "request"), _object(saved, "response")


def _object(of: Mapping[str, Any], name: str, *, above: str = "") -> dict[str, Any]:
    found = of.get(name)
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise BadValue(found, f"`{name}` is an object", "save the response as it came", column=f"{above}{name}")
    return cast("dict[str, Any]", found)


def _failure(body: Mapping[str, Any]) -> str | None:
    """Return why a response holds nothing; None if it succeeded."""
    code = body.get("code")
    if code in (None, "") and body.get("data") is not None:
        return None
    if str(code) == "0":
        return None if body.get("data") is not None else "no data"
    shown = "neither code nor data" if code in (None, "") else f"code {str(code)[:40]}"
    return ": ".join(filter(None, (shown, str(body.get("message") or "")[:160])))


def _check_owner(endpoint: Endpoint, owner: Owner) -> None:
    if owner.kind not in endpoint.owners:
        expected = " or ".join(f"{kind}.json" for kind in endpoint.owners)
        raise BadValue(owner.file.name, f"{endpoint.slug} belongs below {expected}", "put the file in its owner's folder")


def _ids(endpoint: Endpoint, request: Mapping[str, Any], data: Record) -> dict[str, str]:
    """Return the ids of the request's path; BadValue where one is missing or the data name another."""
    path = Record(_object(request, "path", above="request."), "request.path.", data.tally, endpoint=endpoint.slug)
    found: dict[str, str] = {}
    for name in endpoint.path_ids:
        asked, said = path.id(name), _said(endpoint, name, data)
        if asked and said and asked != said:
            rule = f"it is the same id as data.{endpoint.repeats[name]}"
            raise BadValue(f"{asked} ≠ {said}", rule, "save the response with its own request", column=f"request.path.{name}")
        if not (asked or said):
            remedy = 'save {"request": {"path": {…}}, "response": {…}}'
            raise BadValue("", "the id in the path is needed", remedy, column=f"request.path.{name}")
        found[name] = asked or said or ""
    return found


def _said(endpoint: Endpoint, name: str, data: Record) -> str | None:
    *parents, field = endpoint.repeats.get(name, "").split(".")
    for parent in parents:
        data = data.record(parent)
    return data.id(field) if field else None
