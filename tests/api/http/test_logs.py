from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from api.http.logs import REQUEST_ID, configure


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = io.StringIO()
    configure("info", stream=stream)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)


def read(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_record_is_a_line_of_json_with_its_request(lines: io.StringIO) -> None:
    token = REQUEST_ID.set("request-1")
    logging.getLogger("a").info("hello\nthere", extra={"fields": {"ms": 1.5}})
    REQUEST_ID.reset(token)
    (line,) = read(lines)
    assert {name: line[name] for name in ("level", "logger", "message", "requestId", "ms")} == {
        "level": "info",
        "logger": "a",
        "message": "hello\nthere",
        "requestId": "request-1",
        "ms": 1.5,
    }


def test_a_traceback_is_whole_and_without_keys(lines: io.StringIO) -> None:
    try:
        raise RuntimeError("Authorization: Bearer cgk_abc123 and cgk_def456")
    except RuntimeError:
        logging.getLogger("a").exception("failed")
    (line,) = read(lines)
    assert "RuntimeError: Authorization: [key] and [key]" in line["traceback"]


def test_a_signed_token_is_taken_out_wherever_it_stands(lines: io.StringIO) -> None:
    header, other = "eyJhbGciOiJSUzI1NiIsInR5cCI6ImF0K2p3dCJ9", "ewogImFsZyI6ICJSUzI1NiIKfQ"
    fields = {"t": f"{header}.e30."}
    logging.getLogger("a").info("?access_token=%s.eyJhIjoxfQ.c2lnbmF0dXJl_-x&b, %s.e30.c2ln", header, other, extra={"fields": fields})
    (line,) = read(lines)
    assert (line["message"], line["t"]) == ("?access_token=[key]&b, [key]", "[key]")


async def test_a_request_is_one_line_without_its_key_or_query(lines: io.StringIO, client: httpx.AsyncClient, key: str) -> None:
    answer = await client.get("/graphql", params={"query": "{ viewer { name } }"}, headers={"X-Request-Id": "request-0001"})
    assert answer.status_code == 200
    (line,) = [line for line in read(lines) if line["logger"] == "creatorgraph.http"]
    assert (line["requestId"], line["method"], line["path"], line["status"], line["key"]) == (
        "request-0001",
        "GET",
        "/graphql",
        200,
        key[4:12],
    )
    ours = [text for text in lines.getvalue().splitlines() if '"logger":"httpx"' not in text]
    assert key not in lines.getvalue()
    assert "viewer" not in "".join(ours)
