"""Creators object to events, administrators decide."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

import strawberry

from api.access.table import Deed
from api.mutations.context import INPUT, Info, UserError, allowed, local_id, moment, text, written
from api.schema.ids import encode
from api.schema.scalars import DateTime
from graph.appeals import CONTESTABLE, Decision, Objection, contested, decided
from graph.appeals import Appeal as Kept


@strawberry.enum(description="What became of an appeal.")
class AppealStatus(Enum):
    """Pending, or decided one way."""

    PENDING = strawberry.enum_value("PENDING", description="Not decided yet.")
    UPHELD = strawberry.enum_value("UPHELD", description="The creator was right.")
    REJECTED = strawberry.enum_value("REJECTED", description="The event stands.")


@strawberry.enum(description="How an appeal is decided.")
class AppealDecision(Enum):
    """The two ways."""

    UPHELD = strawberry.enum_value("UPHELD", description="The creator is right.")
    REJECTED = strawberry.enum_value("REJECTED", description="The event stands.")


@strawberry.type(description="A creator's objection to an event that counts for or against them.")
class Appeal:
    """One objection."""

    id: strawberry.ID = strawberry.field(description="Global id.")
    creator_id: strawberry.ID = strawberry.field(description="Global id of the creator who objects.")
    subject_id: strawberry.ID = strawberry.field(description="Global id of the sale, content, collaboration or flag.")
    reason: str = strawberry.field(description="The creator's words.")
    status: AppealStatus = strawberry.field(description="What became of it.")
    created_at: DateTime | None = strawberry.field(description="When it was made.")
    decided_at: DateTime | None = strawberry.field(description="When it was decided; null while it is pending.")
    answer: str | None = strawberry.field(description="The administrator's words; null where there are none.")


@strawberry.input(description="An event that is contested.")
class ContestEventInput:
    """Which, and why."""

    subject_id: strawberry.ID = strawberry.field(description="Global id of a sale, content, collaboration or flag of the creator's own.")
    reason: str = strawberry.field(description="Why it should not count as it does; at most 2,000 characters.")


@strawberry.input(description="How an appeal is decided.")
class DecideAppealInput:
    """Which, and how."""

    appeal_id: strawberry.ID = strawberry.field(description="Global id of the appeal.")
    decision: AppealDecision = strawberry.field(description="Whether the creator is right.")
    answer: str | None = strawberry.field(default=None, description="Words to the creator; at most 2,000 characters.")


@strawberry.type(description="The appeal as it now is.")
class AppealPayload:
    """What came of it."""

    appeal: Appeal | None = strawberry.field(default=None, description="The appeal; null where there is none.")
    user_errors: list[UserError] = strawberry.field(default_factory=list, description="Why nothing was done; empty where it was.")


async def contest_event(info: Info, input: Annotated[ContestEventInput, INPUT]) -> AppealPayload:
    """Contest an event of the viewer's own; another's is as if it were not there."""
    context = allowed(info, Deed.CONTEST)
    creator, reason = context.viewer.creator, text("reason", input.reason)
    kind, own_id = local_id("subjectId", input.subject_id, *CONTESTABLE)
    if reason is None:
        return _refused("reason", "REQUIRED", "reason is empty; explain why the event should not count as it does")
    objection = Objection(creator or "", kind, own_id, reason)
    found = await written(context, contested, objection, now=context.now)
    if found is None:
        return _refused("subjectId", "NOT_FOUND", f"no event of this creator has the id {input.subject_id!r}")
    return AppealPayload(appeal=_appeal(found))


async def decide_appeal(info: Info, input: Annotated[DecideAppealInput, INPUT]) -> AppealPayload:
    """Decide a pending appeal; one that was decided the other way stays as it is."""
    context = allowed(info, Deed.DECIDE_APPEALS)
    _, own_id = local_id("appealId", input.appeal_id, "Appeal")
    decision = Decision(own_id, input.decision.name, context.viewer.key_id, text("answer", input.answer))
    found = await written(context, decided, decision, now=context.now)
    if found is None:
        return _refused("appealId", "NOT_FOUND", f"no appeal has the id {input.appeal_id!r}")
    if found.status != input.decision.name:
        return AppealPayload(appeal=_appeal(found), user_errors=[_already(found)])
    return AppealPayload(appeal=_appeal(found))


def _already(found: Kept) -> UserError:
    return UserError(field="decision", code="ALREADY_DECIDED", message=f"the appeal has already been decided ({found.status})")


def _refused(field: str, code: str, message: str) -> AppealPayload:
    return AppealPayload(user_errors=[UserError(field=field, code=code, message=message)])


def _appeal(found: Kept) -> Appeal:
    return Appeal(
        id=strawberry.ID(encode("Appeal", found.id)),
        creator_id=strawberry.ID(encode("Creator", found.creator_id)),
        subject_id=strawberry.ID(encode(found.subject_kind, found.subject_id)),
        reason=found.reason,
        status=AppealStatus[found.status],
        created_at=moment(found.created_at),
        decided_at=moment(found.decided_at),
        answer=found.answer,
    )
