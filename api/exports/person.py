"""Everything that is held about one creator, for the creator and administrators: what the graph holds, and who looked."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import scoring
from api.access.table import Permission, may
from api.access.viewer import Role, Viewer
from api.audit.reading import Wanted, newest
from api.audit.shared_pseudonyms import pseudonyms_of
from api.errors import BadUserInput, Forbidden
from api.features.disclosures.disclosures import shown_to_creators
from api.features.disclosures.types import Disclosure
from api.graphql.execution.arguments import local
from graph.exports import Column, Reading, Sheet
from graph.exports.person import Person
from graph.exports.sheets import Role as Of
from graph.exports.sheets import Row
from graph.model import Type

if TYPE_CHECKING:
    from api.graphql.execution.request import ReadState

LOOKS: Final = 100_000
DISCLOSURES: Final = Sheet(
    "Disclosures",
    Of.ROWS,
    (
        Column("at", Type.STRING, "When scores were shown."),
        Column("index", Type.INTEGER, "Number of the entry in the audit log."),
        Column("channel", Type.STRING, "How they were shown."),
        Column("scope", Type.STRING, "NAMED: they were the creator's; ANY: they may have been."),
        Column("operation", Type.STRING, "Name of the operation."),
        Column("times", Type.INTEGER, "How often within that second."),
        Column("role", Type.STRING, "Role of the key that asked."),
        Column("holder", Type.STRING, "Who holds the key; null for the operator's staff."),
    ),
)


def creator_of(options: Any, viewer: Viewer) -> str:
    """Return whose data are ordered: anybody's by an administrator, one's own by a creator; Forbidden for all others."""
    given = options.get("creator")
    own = viewer.creator if viewer.role is Role.CREATOR else None
    wanted = own if given is None else local("options.creator", given, "Creator")
    if wanted is None and may(viewer, Permission.ERASE):
        raise BadUserInput("options.creator is missing; say whose data")
    if wanted is None or not (wanted == own or may(viewer, Permission.ERASE)):
        raise Forbidden(f"a key of the role {viewer.role} may not have what is held about this creator; creators have it of themselves")
    return wanted


async def person_of(options: Any, viewer: Viewer, reading: Reading, state: ReadState) -> Person:
    """Return what is held about a creator; the log is as creators see it, whoever asks."""
    creator = creator_of(options, viewer)
    pseudonyms, wanted = pseudonyms_of(state), Wanted(creator=creator)
    looks = await asyncio.to_thread(newest, state.settings.home, wanted, first=LOOKS, pseudonyms=pseudonyms)
    shown = _rows(shown_to_creators(looks, state.store))
    names = state.run.names or tuple(scoring.camel(each) for each in scoring.NAMES)
    return Person(reading, creator, names, {DISCLOSURES: shown})


def _rows(shown: Sequence[Disclosure]) -> list[Row]:
    return [[each.at, each.index, each.channel, each.scope, each.operation, each.times, each.role.name, each.holder] for each in shown]
