"""The two clients: one surface, carried out blocking or awaiting."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable, Coroutine
from functools import wraps
from inspect import Parameter, signature
from typing import Any, Concatenate, Final, ParamSpec, Self, TypeVar

import httpx

from creatorgraph import flows
from creatorgraph.errors import Unauthenticated, Unreachable
from creatorgraph.retries import Retries, retried
from creatorgraph.sending import sent, sent_awaiting
from creatorgraph.steps import Answer, Flow, Lost, Pause, Step

P = ParamSpec("P")
T = TypeVar("T")

LOCAL: Final = "http://127.0.0.1:8000"
KEY: Final = "CREATORGRAPH_KEY"


class _Setting:
    """What both clients are made with."""

    def __init__(self, key: str | None, retries: int | Retries) -> None:
        text = str(key or os.environ.get(KEY) or "")
        if not text:
            raise Unauthenticated(
                f"no access key; pass key=…, or set {KEY}; an administrator can create one with `creatorgraph keys create`"
            )
        if not text.strip().isascii() or not text.strip().isprintable():
            raise Unauthenticated("the key has invalid characters; copy it again, as `creatorgraph keys create` shows it")
        self._headers = {"Authorization": f"Bearer {text.strip()}"}
        self._retries = Retries(times=retries) if isinstance(retries, int) else retries

    def __repr__(self) -> str:
        """Show no key, so that no notebook keeps one."""
        return f"{type(self).__name__}()"


def _address(url: str) -> httpx.URL:
    """Return the service's address; `Unreachable` for what is none."""
    try:
        address = httpx.URL(url)
    except (httpx.InvalidURL, TypeError) as error:
        raise Unreachable(_no_address(url)) from error
    if address.scheme not in {"http", "https"} or not address.host or "%" in address.host:
        raise Unreachable(_no_address(url))
    return address


def _no_address(url: object) -> str:
    return f"{url!r} is not an address of a service; give one with http:// or https://, a host and a port, such as {LOCAL}"


def _blocking(flow: Callable[P, Flow[T]]) -> Callable[Concatenate[Client, P], T]:
    """Return a method that carries a flow out and blocks until it is done."""

    @wraps(flow)
    def method(self: Client, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return self.carried_out(flow(*args, **kwargs))

    return _with_self(method, flow)


def _awaiting(flow: Callable[P, Flow[T]]) -> Callable[Concatenate[AsyncClient, P], Coroutine[Any, Any, T]]:
    """Return a method that carries a flow out and is awaited."""

    @wraps(flow)
    async def method(self: AsyncClient, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await self.carried_out(flow(*args, **kwargs))

    return _with_self(method, flow)


def _with_self(method: Any, flow: Callable[..., Any]) -> Any:
    """Show the method as what it is to `help`: the flow's parameters after `self`."""
    shown = signature(flow)
    own = Parameter("self", Parameter.POSITIONAL_ONLY)
    method.__signature__ = shown.replace(parameters=[own, *shown.parameters.values()])
    return method


class Client(_Setting):
    """Asks the API and blocks until the answer is there; close it, or use it in a `with` block.

    ```python
    with Client(key="cgk_…") as client:
        best = client.ranking("SALES_ABILITY", first=100)
    ```
    """

    def __init__(
        self,
        url: str = LOCAL,
        key: str | None = None,
        *,
        timeout: float = 60.0,
        retries: int | Retries = 3,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        """Ask the service at `url` with `key`, or with that in CREATORGRAPH_KEY."""
        super().__init__(key, retries)
        self._http = httpx.Client(base_url=_address(url), headers=self._headers, timeout=timeout, transport=transport)

    graphql = _blocking(flows.graphql)
    creators = _blocking(flows.creators)
    creator_list = _blocking(flows.creator_list)
    ranking = _blocking(flows.ranking)
    scores = _blocking(flows.scores)
    explain = _blocking(flows.explain)
    brands = _blocking(flows.brands)
    categories = _blocking(flows.categories)
    products = _blocking(flows.products)
    collaborations = _blocking(flows.collaborations)
    compare = _blocking(flows.compare)
    overlap = _blocking(flows.overlap)
    recommendations = _blocking(flows.recommendations)
    lookalikes = _blocking(flows.lookalikes)
    network = _blocking(flows.network)
    centrality = _blocking(flows.centrality)
    path = _blocking(flows.path)
    cypher = _blocking(flows.cypher)
    saved = _blocking(flows.saved)
    saved_queries = _blocking(flows.saved_queries)
    export = _blocking(flows.export)

    def carried_out(self, flow: Flow[T]) -> T:
        """Carry a flow out."""
        steps = retried(flow, self._retries)
        reply: Answer | Lost | None = None
        try:
            while True:
                reply = self._reply(steps.send(reply))
        except StopIteration as done:
            return done.value

    def _reply(self, step: Step) -> Answer | Lost | None:
        if isinstance(step, Pause):
            time.sleep(step.seconds)
            return None
        return sent(self._http, step)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def __enter__(self) -> Self:
        """Return the client itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the connections."""
        self.close()


class AsyncClient(_Setting):
    """The same, awaited: every method of `Client` under the same name."""

    def __init__(
        self,
        url: str = LOCAL,
        key: str | None = None,
        *,
        timeout: float = 60.0,
        retries: int | Retries = 3,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        """Ask the service at `url` with `key`, or with that in CREATORGRAPH_KEY."""
        super().__init__(key, retries)
        self._http = httpx.AsyncClient(base_url=_address(url), headers=self._headers, timeout=timeout, transport=transport)

    graphql = _awaiting(flows.graphql)
    creators = _awaiting(flows.creators)
    creator_list = _awaiting(flows.creator_list)
    ranking = _awaiting(flows.ranking)
    scores = _awaiting(flows.scores)
    explain = _awaiting(flows.explain)
    brands = _awaiting(flows.brands)
    categories = _awaiting(flows.categories)
    products = _awaiting(flows.products)
    collaborations = _awaiting(flows.collaborations)
    compare = _awaiting(flows.compare)
    overlap = _awaiting(flows.overlap)
    recommendations = _awaiting(flows.recommendations)
    lookalikes = _awaiting(flows.lookalikes)
    network = _awaiting(flows.network)
    centrality = _awaiting(flows.centrality)
    path = _awaiting(flows.path)
    cypher = _awaiting(flows.cypher)
    saved = _awaiting(flows.saved)
    saved_queries = _awaiting(flows.saved_queries)
    export = _awaiting(flows.export)

    async def carried_out(self, flow: Flow[T]) -> T:
        """Carry a flow out."""
        steps = retried(flow, self._retries)
        reply: Answer | Lost | None = None
        try:
            while True:
                reply = await self._reply(steps.send(reply))
        except StopIteration as done:
            return done.value

    async def _reply(self, step: Step) -> Answer | Lost | None:
        if isinstance(step, Pause):
            await asyncio.sleep(step.seconds)
            return None
        return await sent_awaiting(self._http, step)

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def __aenter__(self) -> Self:
        """Return the client itself."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close the connections."""
        await self.close()
