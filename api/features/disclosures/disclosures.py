"""`Creator.disclosures` and `disclosures`: the audit log as the creator and as administrators see it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from api.access.grants import Grant
from api.access.store import Store
from api.access.table import Permission
from api.access.viewer import Role
from api.audit.reading import Look, Wanted, newest
from api.audit.shared_pseudonyms import SharedPseudonyms, pseudonyms_of
from api.errors import BadUserInput
from api.features.access_keys.roles import KeyRole
from api.features.disclosures.types import Disclosure, DisclosureConnection, DisclosureEdge
from api.graphql.execution.arguments import local
from api.graphql.execution.field_context import FieldContext
from api.graphql.types.nouns import Ref
from api.graphql.types.page import PageInfo
from graph.dates import iso_time
from graph.existing import absent
from graph.plans.bounds import check_order
from graph.plans.known import unknown

ORDER: Final = "disclosures"
MOST: Final = 100
NAMED_TO_CREATORS: Final = frozenset({Role.PARTNER, Role.BRAND, Role.CREATOR})
"""Whose holders a creator is told: recipients are told by name (Court of Justice, C-154/21), an operator's staff is not (C-579/21)."""


async def of_creator(context: FieldContext) -> DisclosureConnection | None:
    """Return who was shown the creator's scores; None for whoever is neither the creator nor an administrator."""
    viewer = context.viewer
    if viewer.role is not Role.ADMIN and (viewer.role is not Role.CREATOR or viewer.creator != context.own_id):
        return None
    return await _page(context, Wanted(creator=context.own_id, named=bool(context.arguments.get("named"))))


async def all_of_them(context: FieldContext) -> DisclosureConnection:
    """Return the log."""
    context.allowed(Permission.AUDIT)
    given = context.arguments
    creator = None if given.get("creator") is None else local("creator", given["creator"], "Creator")
    wanted = Wanted(creator, creator is not None, given.get("key"), given.get("since"), given.get("until"))
    check_order("disclosures", ("since", "until"), wanted.since, wanted.until, shown=iso_time)
    page = await _page(context, wanted)
    if not page.nodes and not await asyncio.to_thread(_is_named, context, wanted):
        await _refuse_unknown(context, wanted)
    return page


def _is_named(context: FieldContext, wanted: Wanted) -> bool:
    """Tell whether any entry, of whatever time, is of the creator and key that are asked for."""
    ever = replace(wanted, since=None, until=None)
    return bool(newest(context.state.settings.home, ever, first=1, pseudonyms=pseudonyms_of(context.state)))


async def _refuse_unknown(context: FieldContext, wanted: Wanted) -> None:
    """Raise for a creator or key that nothing here knows; those that are gone are known for as long as entries name them."""
    state = context.state
    if wanted.key is not None and state.store.grant(wanted.key) is None:
        raise BadUserInput(f"key: no key or account has the id {wanted.key[:80]!r}, and no entry names it; see `creatorgraph keys list`")
    if wanted.creator is not None and await absent(state.driver, "Creator", [wanted.creator], database=state.settings.neo4j_database):
        raise unknown("creator", "Creator", wanted.creator)


async def _page(context: FieldContext, wanted: Wanted) -> DisclosureConnection:
    state, first, after = context.state, context.arguments["first"], context.arguments.get("after")
    if not 0 <= first <= MOST:
        raise BadUserInput(f"first is {first}; give 0 to {MOST}")
    before = None if after is None else int(context.cursors.read(after, order=ORDER)[0])
    pseudonyms = pseudonyms_of(state)
    looks = await asyncio.to_thread(newest, state.settings.home, wanted, first=first + 1, before=before, pseudonyms=pseudonyms)
    page = looks[:first]
    if context.viewer.role is Role.ADMIN:
        shown = await asyncio.to_thread(_to_administrators, page, _keys(page, state.store), pseudonyms)
    else:
        shown = shown_to_creators(page, state.store)
    edges = [
        DisclosureEdge(cursor=context.cursors.write([look.index], order=ORDER), node=each) for look, each in zip(page, shown, strict=True)
    ]
    ends = (edges[0].cursor, edges[-1].cursor) if edges else (None, None)
    info = PageInfo(has_next_page=len(looks) > first, has_previous_page=after is not None, start_cursor=ends[0], end_cursor=ends[1])
    return DisclosureConnection(edges=edges, nodes=shown, page_info=info)


def shown_to_creators(looks: Sequence[Look], store: Store) -> list[Disclosure]:
    """Return entries as a creator sees them, of keys that `store` holds."""
    keys = _keys(looks, store)
    return [_to_creator(look, keys[look.entry.key]) for look in looks]


def _to_administrators(looks: Sequence[Look], keys: Mapping[str, Grant | None], pseudonyms: SharedPseudonyms) -> list[Disclosure]:
    known = pseudonyms.creators({each for look in looks for each in look.entry.creators or ()})
    return [_to_administrator(look, keys[look.entry.key], known, pseudonyms.text(look.entry.document)) for look in looks]


def _keys(looks: Sequence[Look], store: Store) -> dict[str, Grant | None]:
    """Return what the keys and accounts that asked were granted, by id; None for those no longer stored."""
    return {key: store.grant(key) for key in {look.entry.key for look in looks}}


def _to_creator(look: Look, grant: Grant | None) -> Disclosure:
    told = grant if grant is not None and grant.role in NAMED_TO_CREATORS else None
    return _disclosure(look, told, look.entry.operation if told else "")


def _to_administrator(look: Look, grant: Grant | None, known: Mapping[str, str], text: str | None) -> Disclosure:
    entry = look.entry
    found = _disclosure(look, grant, entry.operation)
    found.key_id, found.document, found.text = entry.key or None, entry.document or None, text
    found.creators = None if entry.creators is None else [_creator(known.get(each)) for each in entry.creators]
    return found


def _disclosure(look: Look, grant: Grant | None, operation: str) -> Disclosure:
    entry = look.entry
    return Disclosure(
        at=iso_time(entry.at),
        index=look.index,
        channel=entry.channel.upper(),
        scope="ANY" if entry.creators is None else "NAMED",
        operation=operation,
        times=entry.times,
        role=KeyRole(entry.role),
        holder=None if grant is None else grant.name,
        brands=[] if grant is None else [Ref("Brand", each) for each in grant.brands],
        key_id=None,
        document=None,
        text=None,
        creators=None,
    )


def _creator(own_id: str | None) -> Ref | None:
    return None if own_id is None else Ref("Creator", own_id)
