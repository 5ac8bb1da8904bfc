"""From a request's key to its viewer, at the cost of a hash and a look into memory."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from hmac import compare_digest
from time import time
from typing import Final, NamedTuple

from api.access.challenges import CHALLENGE, REFUSED, refused
from api.access.keys import digest, key_id
from api.access.sessions import Sessions
from api.access.store import Record, Store
from api.access.subjects import PREFIX as SUBJECT
from api.access.tokens import Tokens
from api.access.viewer import Viewer
from api.errors import Unauthenticated
from graph.dates import DAY

SESSION: Final = "Session "
"""Begins what stands for a session within the process, in the place of an `Authorization` header; from outside it is never taken."""
TOKEN: Final = "Token "
"""Likewise what stands for a verified token: its digest."""
REFUSED_TOKEN: Final = "Refused "
"""Likewise what stands for a token that was refused: why."""
WITHIN: Final = tuple(each.lower() for each in (SESSION, TOKEN, REFUSED_TOKEN))
OVER: Final = "the session is over; sign in again"
MAKE_ONE: Final = "an administrator can create one with `creatorgraph keys create`"


class Keyring:
    """Verifies keys, and knows what stands for sessions and tokens.

    Keys found valid stay in memory until the file changes, so a revocation holds from the next request on.
    """

    def __init__(
        self, store: Store, *, sessions: Sessions | None = None, tokens: Tokens | None = None, clock: Callable[[], float] = time
    ) -> None:
        """Verify against `store`, `sessions` where browsers sign in, and `tokens` where an identity provider is set.

        `clock` tells the seconds by which keys expire.
        """
        self._store, self.sessions, self.tokens, self._clock = store, sessions, tokens, clock
        self._known: dict[bytes, _Holder] = {}
        self._used: dict[str, int] = {}
        self._changes = store.changes

    def viewer(self, authorization: str | None) -> Viewer:
        """Return whose `Authorization` header this is; Unauthenticated where it holds no valid key.

        That a key is revoked or expired is told to none but its holder: whoever lacks the secret hears "unknown". A session is its key,
        as long as both last.
        """
        if authorization and authorization.startswith((TOKEN, REFUSED_TOKEN)):
            return self._of_token(authorization)
        if authorization and authorization.startswith(SESSION):
            found = self._of_session(authorization)
        else:
            found = self._holder(_bearer(authorization))
        now = int(self._clock())
        state = found.record.state(now)
        if state != "live":
            raise Unauthenticated(f"the key {found.record.id} is {state}; {MAKE_ONE}, or rotate this one", headers=REFUSED)
        self._note_use(found.record.id, now)
        return found.viewer

    def holder(self, account: str) -> Viewer:
        """Return the holder of an account by its newest key, for what goes on without a request; Unauthenticated once none is valid."""
        if account.startswith(SUBJECT) and self.tokens is not None:
            return self.tokens.holder(account)
        now = int(self._clock())
        found = [each for each in self._store.account(account) if each.state(now) == "live"]
        if not found:
            raise Unauthenticated(f"the key {account} is no longer valid; {MAKE_ONE}", headers=REFUSED)
        return found[-1].viewer

    def forget(self) -> None:
        """Look every key up anew; for who changes the store through the same connection, which shows no change of its own."""
        self._known.clear()
        if self.tokens is not None:
            self.tokens.forget()

    def _of_token(self, token: str) -> Viewer:
        if token.startswith(TOKEN) and self.tokens is not None:
            return self.tokens.viewer(token.removeprefix(TOKEN))
        raise refused(token.removeprefix(REFUSED_TOKEN))

    def _of_session(self, session: str) -> _Holder:
        key = self.sessions.key(session.removeprefix(SESSION)) if self.sessions else None
        found = self._store.record(key) if key else None
        if found is None:
            raise Unauthenticated(OVER, headers=CHALLENGE)
        return _Holder(found, found.viewer)

    def _holder(self, text: str) -> _Holder:
        changes = self._store.changes
        if changes != self._changes:
            self._known.clear()
            self._changes = changes
        hashed = digest(text)
        return self._known.get(hashed) or self._looked_up(text, hashed)

    def _looked_up(self, text: str, hashed: bytes) -> _Holder:
        id_ = key_id(text)
        if id_ is None:
            raise Unauthenticated(
                "malformed access key: a key is `cgk_` followed by 57 letters and digits; check for missing or mistyped characters",
                headers=REFUSED,
            )
        found = self._store.record(id_)
        if found is None or not compare_digest(found.digest, hashed):
            raise Unauthenticated(f"unknown access key; {MAKE_ONE}", headers=REFUSED)
        holder = self._known[hashed] = _Holder(found, found.viewer)
        return holder

    def _note_use(self, id_: str, now: int) -> None:
        if self._used.get(id_) != now // DAY:
            self._used[id_] = now // DAY
            self._store.note_use(id_, datetime.fromtimestamp(now, UTC).date().isoformat())


class _Holder(NamedTuple):
    """A key as it is kept, and the viewer that it makes its holder."""

    record: Record
    viewer: Viewer


def from_outside(authorization: str | None) -> str | None:
    """Return an `Authorization` that a client sent; None for one that only the process itself may make."""
    if authorization is None or authorization.lower().startswith(WITHIN):
        return None
    return authorization


def session_id(authorization: str | None) -> str | None:
    """Return the id of the session that an `Authorization` of the process itself stands for; None for a key or token."""
    return authorization.removeprefix(SESSION) if authorization and authorization.startswith(SESSION) else None


def _bearer(authorization: str | None) -> str:
    if not authorization:
        raise Unauthenticated(f"no access key; send the header `Authorization: Bearer cgk_…`; {MAKE_ONE}", headers=CHALLENGE)
    scheme, _, text = authorization.partition(" ")
    if scheme.lower() != "bearer":
        raise Unauthenticated(f"the scheme {scheme[:20]!r} is not supported; send `Authorization: Bearer cgk_…`", headers=CHALLENGE)
    return text.strip()
