"""GraphQL answers that cannot have changed are not made again: from a request's key and bytes to an answer's bytes.

What is asked, and who asks it, name an answer; the data's version, asked of the database once the request has come, tells
whether it still holds. Only what the endpoint calls `lasting` is kept. Here, too, answers are compressed and revalidated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from hashlib import blake2b
from typing import Final, NamedTuple, cast

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.access.viewer import Viewer
from api.audit.recorder import recorder
from api.errors import AuditUnavailable, CostExceeded, Unauthenticated
from api.graphql.cost.limits import Cost
from api.http.answer_store import VARY, Answer, AnswerStore, Pairs
from api.http.answers import refusal
from api.http.encodings import IDENTITY, SMALLEST, encoding, packed, unpacked
from api.http.negotiation import media_type
from api.http.under_way import UnderWay
from api.process.state import State
from graph.data_version import DataVersion, Version

PATH: Final = "/graphql"
READ: Final = frozenset({"GET", "HEAD", "POST"})
LONGEST: Final = 64 * 1024
"""Bytes of a request that are read before it has its turn; a longer one waits for it, and its answer is not kept."""
COST_OF_HIT: Final = Cost(1)
OF_ROUTING: Final = ("neo4j://", "neo4j+")
"""Schemes of addresses behind which several servers may stand, of which none knows at once what another has committed."""

Headers = dict[bytes, bytes]


class Question(NamedTuple):
    """Who asks what, in all that an answer depends on beside the data."""

    viewer: Viewer
    writes: bool
    accept: bytes
    content_type: bytes
    digest: bytes


class AnswerCache:
    """Stands before the turns of requests, as plain ASGI: what is kept is answered without one."""

    def __init__(self, app: ASGIApp, *, process: State) -> None:
        """Wrap `app`, and keep answers within the bytes that the settings allow."""
        self.app, self._process = app, process
        self._store, self._version, self._recorder = store(process), _version(process), recorder(process)
        self._under_way = UnderWay()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or scope["path"] != PATH or scope["method"] not in READ:
            await self.app(scope, receive, send)
            return
        headers: Headers = dict(cast("Iterable[tuple[bytes, bytes]]", scope["headers"]))
        question, receive = await self._question(scope, headers, receive)
        sending = _Sending(send, headers, encoding(headers.get(b"accept-encoding", b"")))
        version = await self._version.now() if question is not None and self._store.budget else None
        if question is None or version is None:
            await self._make(question, None, scope, receive, sending)
        elif answer := self._kept(question, version) or await self._awaited(question, version, headers):
            await self._repeat(answer, question, scope, receive, sending)
        else:
            await self._make(question, version, scope, receive, sending)

    def _kept(self, question: Question, version: Version) -> Answer | None:
        """Return the answer that is kept."""
        self._store.at(version)
        return self._store.get(question)

    async def _awaited(self, question: Question, version: Version, headers: Headers) -> Answer | None:
        """Return the answer that another request is having made, once it is there."""
        waited = await self._under_way.ended((question, version), question.digest)
        # A key may have been revoked meanwhile.
        return self._store.get(question) if waited and self._viewer(headers) == question.viewer else None

    async def _make(self, question: Question | None, version: Version | None, scope: Scope, receive: Receive, sending: _Sending) -> None:
        """Have an answer made, and send it; what is lasting is kept first, for those who wait for it, unless its request teaches a hash."""
        answer = None
        with self._under_way.making(version and (question, version), question and question.digest) as settle:
            made = _Made(sending.send, sending.encoding, lambda: settle(False))
            await self.app(unpacked(scope), receive, made)
            if question is not None and made.body and scope["state"].get("lasting"):
                answer = Answer(made.body, made.media_type, scope["state"].get("showing"))
                answer.bytes_in(sending.encoding)
                settle(not scope["state"].get("teaching") and self._store.keep(question, answer, version))
            else:
                settle(False)
        left = () if question is None else self._left(question.viewer)
        if answer is not None:
            await sending.answer(answer, left)
        elif made.body:
            await made.send_on(left)

    async def _question(self, scope: Scope, headers: Headers, receive: Receive) -> tuple[Question | None, Receive]:
        """Return what is asked, where its answer may be kept, and what is still to be received."""
        text: bytes = scope["query_string"]
        viewer = self._viewer(headers)
        if viewer is None:
            return None, receive
        writes = scope["method"] == "POST"
        if writes:
            length = headers.get(b"content-length", b"")
            if b"content-encoding" in headers or not length.isdigit() or int(length) > LONGEST:
                return None, receive
            body, receive = await _body(receive)
            text = body + b"\n" + text
        digest = blake2b(text, digest_size=32).digest()
        return Question(viewer, writes, headers.get(b"accept", b""), headers.get(b"content-type", b""), digest), receive

    def _viewer(self, headers: Headers) -> Viewer | None:
        try:
            return self._process.keyring.viewer(headers.get(b"authorization", b"").decode("latin-1"))
        except Unauthenticated:
            return None

    async def _repeat(self, answer: Answer, question: Question, scope: Scope, receive: Receive, sending: _Sending) -> None:
        """Send what is kept, for the price of reading it."""
        state, viewer = scope["state"], question.viewer
        state["fields"].update(key=viewer.key_id, cost=COST_OF_HIT.requested, cache="hit")
        try:
            self._process.budgets.take(viewer.key_id, COST_OF_HIT, size=viewer.budget)
            if answer.showing is not None:
                self._recorder.note(viewer, answer.showing)
        except (CostExceeded, AuditUnavailable) as error:
            state["kind"] = "refused"
            await refusal(error, media_type(question.accept.decode("latin-1")))(scope, receive, sending.send)
            return
        state["kind"] = "query"
        self._process.metrics.cost.inc(COST_OF_HIT.requested)
        if sending.encoding not in answer.encoded:
            answer.bytes_in(sending.encoding)
            self._store.count_anew(question)
        await sending.answer(answer, self._left(viewer))

    def _left(self, viewer: Viewer) -> Pairs:
        """Return what the key may still ask for, as headers (draft-ietf-httpapi-ratelimit-headers)."""
        budgets = self._process.budgets
        return (
            (b"ratelimit-policy", b'"cost";q=%d;w=60' % (viewer.budget or budgets.size)),
            (b"ratelimit", b'"cost";r=%d' % budgets.left(viewer.key_id, size=viewer.budget)),
        )


class _Sending(NamedTuple):
    """Where an answer goes, and in which encoding it is wanted."""

    send: Send
    headers: Headers
    encoding: str

    async def answer(self, answer: Answer, more: Pairs) -> None:
        """Send an answer, or, where the client has it still, that it holds."""
        packing = self.encoding if len(answer.body) >= SMALLEST else IDENTITY
        known = self.headers.get(b"if-none-match")
        if known and _names(known, answer.tag(packing).encode()):
            await self.send({"type": "http.response.start", "status": 304, "headers": [*answer.names(packing), *more]})
            await self.send({"type": "http.response.body", "body": b""})
            return
        await self.send({"type": "http.response.start", "status": 200, "headers": [*answer.head(packing), *more]})
        await self.send({"type": "http.response.body", "body": answer.bytes_in(packing)})


class _Made:
    """Takes what the application sends: a whole answer is held back; one that comes `in_pieces`, which is told, goes on as it comes."""

    def __init__(self, send: Send, encoding: str, in_pieces: Callable[[], None]) -> None:
        self._send, self._encoding, self._tell = send, encoding, in_pieces
        self._start: Message = {}
        self._in_pieces = False
        self.body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
        elif self._in_pieces or message.get("more_body") or not message.get("body"):
            if not self._in_pieces:
                self._in_pieces = True
                self._tell()
                await self._send(self._start)
            await self._send(message)
        else:
            self.body = message["body"]

    @property
    def media_type(self) -> bytes:
        return dict(self._start["headers"])[b"content-type"]

    async def send_on(self, more: Pairs) -> None:
        """Send the answer as it was made, compressed where that is worth it."""
        body, headers = self.body, [each for each in self._start["headers"] if each[0] not in {b"content-length", b"vary"}]
        if self._encoding != IDENTITY and len(body) >= SMALLEST:
            body = packed(body, self._encoding)
            headers.append((b"content-encoding", self._encoding.encode()))
        headers += [VARY, *more, (b"content-length", b"%d" % len(body))]
        await self._send({**self._start, "headers": headers})
        await self._send({"type": "http.response.body", "body": body})


def store(process: State) -> AnswerStore:
    """Return where a process keeps its answers."""
    settings = process.settings
    routed = (settings.neo4j_uri or "").startswith(OF_ROUTING)
    return process.own.of(AnswerStore, lambda: AnswerStore(0 if routed else settings.answer_cache_mb * 2**20))


def _version(process: State) -> DataVersion:
    def opened() -> DataVersion:
        made = DataVersion(process.driver, database=process.settings.neo4j_database, moved=process.run.refresh)
        process.own.at_end(made.close)
        return made

    return process.own.of(DataVersion, opened)


async def _body(receive: Receive) -> tuple[bytes, Receive]:
    """Return a body, and a way to receive it again."""
    messages = [await receive()]
    while messages[-1].get("more_body"):
        messages.append(await receive())
    body: bytes = messages[0].get("body", b"") if len(messages) == 1 else b"".join(each.get("body", b"") for each in messages)

    async def again() -> Message:
        return messages.pop(0) if messages else await receive()

    return body, again


def _names(tags: bytes, own: bytes) -> bool:
    """Tell whether `If-None-Match` names an entity tag; compared weakly, as the RFC has it."""
    return tags.strip() == b"*" or own in (each.strip().removeprefix(b"W/") for each in tags.split(b","))
