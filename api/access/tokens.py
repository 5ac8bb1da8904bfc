"""Tokens that were verified, by their digests, until they end: the next request with one costs a hash and a look into memory."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256
from time import time
from typing import Final

from api.access.challenges import refused
from api.access.grants import Grant, viewer_of
from api.access.store import Store
from api.access.subjects import Identity, Subject
from api.access.viewer import Viewer
from graph.dates import DAY

MOST: Final = 10_000
"""Tokens remembered; the one used longest ago makes room, and is verified anew when it comes again."""
SEND_AGAIN: Final = "get a new token from the identity provider"


@dataclass(frozen=True, slots=True)
class Verified:
    """What a verified token says: who, what it grants, the seconds of its issue and end, and the key that signed it."""

    identity: Identity
    grant: Grant
    issued_at: int
    ends_at: int
    signed_by: str


class Tokens:
    """The memory of verified tokens of one process; who is blocked is looked up whenever the file of keys has changed."""

    def __init__(self, store: Store, *, webhook_days: int = 0, clock: Callable[[], float] = time) -> None:
        """Look accounts up in `store`; what goes on without a request ends `webhook_days` after an account's last token."""
        self._store, self._days, self.clock = store, webhook_days, clock
        self._known: OrderedDict[str, tuple[str, Verified]] = OrderedDict()
        self._subjects: dict[str, Subject | None] = {}
        self._changes = store.changes
        self._trusted_until = 0.0
        self.renew: Callable[[], None] = lambda: None
        """Called at each use: whoever keeps the issuer's keys has them read anew when it is time."""

    def keep(self, digest: str, verified: Verified) -> None:
        """Remember a token that has just been verified, and what its account may do from now on."""
        self._store.subjects.note(
            verified.identity, replace(verified.grant, expires_at=None), issued_at=verified.issued_at, valid_until=verified.ends_at
        )
        account = verified.identity.account
        self._subjects.pop(account, None)
        self._known[digest] = account, verified
        while len(self._known) > MOST:
            self._known.popitem(last=False)

    def has(self, digest: str) -> bool:
        """Tell whether a token is remembered, valid or expired; one whose account was removed is not."""
        found = self._known.get(digest)
        return found is not None and self.subject(found[0]) is not None

    def viewer(self, digest: str) -> Viewer:
        """Return whose token this is; Unauthenticated where it has ended, or its account is blocked."""
        self.renew()
        now = self.clock()
        account, found = self._known.get(digest, ("", None))
        if found is None:
            raise refused("the token is no longer remembered; send it again")
        if found.ends_at <= now:
            raise refused(f"the token has expired; {SEND_AGAIN}")
        if now >= self._trusted_until:
            raise refused("the identity provider has not been reached for too long, so that tokens are not taken; use an access key")
        self._known.move_to_end(digest)
        return self._admitted(account, found.grant)

    def holder(self, account: str) -> Viewer:
        """Return an account's holder by its newest token, for what goes on without a request; Unauthenticated once that is over.

        Scopes narrow a client's requests, and are no part of it: a sign-in through one client takes nothing from what another has made.
        """
        found = self.subject(account)
        viewer = None if found is None else found.viewer
        if found is None or viewer is None or found.blocked_at is not None:
            raise refused(f"the account {account} is blocked or unknown; an administrator can tell why")
        if found.valid_until + self._days * DAY <= self.clock():
            raise refused(f"the last token of the account {account} expired more than {self._days} days ago; sign in, and enable it again")
        return replace(viewer, scopes=None)

    def trust(self, keys: frozenset[str], until: float) -> None:
        """Take tokens signed by these keys alone, until that second; tokens signed by others are forgotten."""
        self._trusted_until = until
        for digest in [digest for digest, (_, each) in self._known.items() if each.signed_by not in keys]:
            del self._known[digest]

    def forget(self) -> None:
        """Look every account up anew; for who changes the store through the same connection."""
        self._subjects.clear()

    def subject(self, account: str) -> Subject | None:
        """Return an account as it is by now."""
        changes = self._store.changes
        if changes != self._changes:
            self._subjects.clear()
            self._changes = changes
        if account not in self._subjects:
            if len(self._subjects) >= MOST:
                self._subjects.clear()
            self._subjects[account] = self._store.subjects.subject(account)
        return self._subjects[account]

    def _admitted(self, account: str, grant: Grant) -> Viewer:
        """Return the viewer of a token whose account is not blocked, with the limits that an administrator gave the account."""
        found = self.subject(account)
        if found is None:
            raise refused("the account of this token was removed; send it again")
        if found.blocked_at is not None:
            raise refused(f"the account {account} is blocked; contact the administrator")
        limits = found.grant or grant
        return viewer_of(account, replace(grant, budget=limits.budget, requests_at_once=limits.requests_at_once))


def digest_of(token: str) -> str:
    """Return by what a token is remembered."""
    return sha256(token.encode(errors="surrogatepass")).hexdigest()
