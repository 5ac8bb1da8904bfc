"""`creatorgraph keys`: make, list, limit, rotate and revoke access keys."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from dataclasses import asdict
from time import time
from typing import Annotated, Any, Final

import orjson
import typer
from rich.table import Table
from rich.text import Text

from api.access.grants import LARGEST_BUDGET, MOST_REQUESTS, Grant, checked, expiry, there
from api.access.scopes import scopes_of
from api.access.sessions import Sessions, sign_in
from api.access.store import Record, Store
from api.access.subjects import Identity, Subject
from api.access.viewer import Role, Scope
from api.commands.console import console
from api.errors import AccessError
from api.process.database import FOLDER, database
from api.proof.signing import Signer
from api.settings import load
from graph.dates import iso_time_or_null

app = typer.Typer(add_completion=False, no_args_is_help=True, help="Create, list, limit, rotate and revoke access keys.")

Budget = Annotated[
    int | None, typer.Option(min=1, max=LARGEST_BUDGET, help="Cost that the key may spend per minute. Default: CREATORGRAPH_COST_BUDGET.")
]
RequestsAtOnce = Annotated[
    int | None,
    typer.Option(min=1, max=MOST_REQUESTS, help="Requests of the key at once. Default: a quarter of CREATORGRAPH_REQUESTS_AT_ONCE."),
]
Which = Annotated[str, typer.Argument(metavar="NAME|ID", help="The key's name or id, as `keys list` shows them.")]
Account = Annotated[str, typer.Argument(metavar="ID|NAME|SUB", help="The account's id or name, or the sub of its tokens.")]
Made = Annotated[bool, typer.Option("--made", help="Also revoke the keys that it made, and those that these made.")]
TITLES: Final = ("id", "name", "role", "bounds", "state", "expires", "last used", "scopes", "budget", "requests at once")
WARNING = "This is the only time the key is shown. Store it like a password."

UNCHECKED = (
    "Warning: the graph holds no data yet, so the regions, brands and creator of this key could not be checked. "
    "After the first import, compare them with `creatorgraph keys list`."
)


@app.command("create")
def create(  # noqa: PLR0913 -- each option of a command is an argument
    name: Annotated[str, typer.Argument(help="Who holds the key; shown in lists and logs.")],
    role: Annotated[Role, typer.Option(help="What the holder may see and do.")],
    region: Annotated[list[str] | None, typer.Option(help="Region granted (US, GB …), or '*' for all; repeatable.")] = None,
    brand: Annotated[list[str] | None, typer.Option(help="Own brand's id, or a client's of a partner; repeatable.")] = None,
    creator: Annotated[str | None, typer.Option(help="The creator's own id.")] = None,
    expires: Annotated[str | None, typer.Option(metavar="DATE|DAYSd", help="Last day (2027-01-31, UTC), or a span (30d).")] = None,
    scope: Annotated[list[Scope] | None, typer.Option(help="What the key is narrowed to, within its role; repeatable.")] = None,
    budget: Budget = None,
    requests_at_once: RequestsAtOnce = None,
) -> None:
    """Create a key and print only the key on standard output."""
    now = int(time())
    ends = expiry(expires, now=now) if expires is not None else None
    scopes = scopes_of(scope) if scope else None
    limits = budget, requests_at_once
    grant = checked(Grant(name, role, tuple(region or ()), tuple(brand or ()), creator, ends, scopes, *limits))
    if not asyncio.run(_known(grant)):
        typer.echo(UNCHECKED, err=True)
    with _store() as store:
        _tell(store.create(grant, now=now).text)


@app.command("list")
def list_(as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """List all keys, including revoked and expired ones; the keys themselves are never shown."""
    now = int(time())
    with _store() as store:
        rows = [_row(record, now) for record in store.records()]
    if as_json:
        typer.echo(orjson.dumps(rows, option=orjson.OPT_INDENT_2))
    elif rows:
        _print(rows)
    else:
        typer.echo("No keys yet. Create one with `creatorgraph keys create NAME --role admin`.", err=True)


@app.command("revoke")
def revoke(which: Which, made: Made = False) -> None:
    """Revoke a key, or all live keys of a name; the next request with one is refused, and its sessions, webhooks and streams end.

    Keys that it made belong to others, and stay valid: they are listed, and revoked with --made.
    """
    now = int(time())
    with _store() as store:
        revoked = store.revoke(which, now=now, made_too=made)
        _tell_revoked(revoked)
        _tell_made(store.made([each.viewer.account for each in revoked], now=now))


@app.command("rotate")
def rotate(
    which: Which,
    overlap_hours: Annotated[int, typer.Option(min=0, max=720, help="Hours that the old key stays valid beside the new one.")] = 0,
) -> None:
    """Replace a key with a new one that has the same grants, and print only the new key on standard output.

    Webhooks, alerts, exports, saved queries and saved views of the old key belong to the new one.
    """
    with _store() as store:
        _tell(store.rotate(which, now=int(time()), overlap=overlap_hours * 3600).text)


@app.command("limit")
def limit(
    which: Annotated[str, typer.Argument(metavar="NAME|ID", help="Name or id of a key; or id, name or sub of an account of tokens.")],
    budget: Budget = None,
    requests_at_once: RequestsAtOnce = None,
) -> None:
    """Give a key or an account of tokens limits of its own, from its next request on; those that are left out are the service's again."""
    limits = {"budget": budget, "requests_at_once": requests_at_once}
    with _store() as store:
        try:
            told = [f"{each.id} ({each.grant.name})" for each in store.limit(which, now=int(time()), **limits)]
        except AccessError as error:
            if which not in {name for each in store.subjects.subjects() for name in each.names}:
                raise error from None
            told = [store.subjects.limit(which, **limits).id]
    for each in told:
        typer.echo(f"limits changed of {each}", err=True)


@app.command("accounts")
def accounts() -> None:
    """List the accounts of an identity provider's tokens as JSON, with what the newest token granted."""
    with _store() as store:
        rows = [_account(each) for each in store.subjects.subjects()]
    typer.echo(orjson.dumps(rows, option=orjson.OPT_INDENT_2))


@app.command("block")
def block(
    which: Account,
    in_advance: Annotated[bool, typer.Option("--in-advance", help="Block a sub of which no token has come yet.")] = False,
    made: Made = False,
) -> None:
    """Block an account of tokens: its next request is refused, and its webhooks and subscriptions end, whatever tokens it has.

    Keys that it made belong to others, and stay valid: they are listed, and revoked with --made.
    """
    now, unseen = int(time()), Identity(_issuer(), which) if in_advance else None
    with _store() as store:
        found = store.subjects.block(which, now=now, unseen=unseen)
        typer.echo(f"blocked {found.id} ({found.identity.subject})", err=True)
        _tell_revoked(store.revoke_made(found.id, now=now) if made else ())
        _tell_made(store.made([found.id], now=now))


@app.command("unblock")
def unblock(which: Account) -> None:
    """Let a blocked account of tokens in again."""
    with _store() as store:
        found = store.subjects.unblock(which)
    typer.echo(f"unblocked {found.id} ({found.identity.subject})", err=True)


@app.command("link")
def link(
    which: Which,
    url: Annotated[str | None, typer.Option(help="Where the service is reached. Default: this machine, at CREATORGRAPH_PORT.")] = None,
) -> None:
    """Print a link that signs a browser in to the explorer with this key: once, and within an hour."""
    settings = load()
    with _store() as store:
        record = store.live(which, now=int(time()))[-1]
    sessions = Sessions(settings.home)
    try:
        typer.echo(sign_in(url or f"http://127.0.0.1:{settings.port}", sessions.link(record.viewer.account)))
    finally:
        sessions.close()


@app.command("public")
def public() -> None:
    """Print the public key with which others verify this home's scoring runs."""
    typer.echo(Signer.of(load().home).public)


@contextmanager
def _store() -> Generator[Store]:
    store = Store(load().home)
    try:
        yield store
    finally:
        store.close()


async def _known(grant: Grant) -> bool:
    """Refuse a key for a brand, creator or region that is not in the graph; return whether that could be told."""
    settings = load()
    if not (grant.brands or grant.creator or set(grant.regions) - {"*"}):
        return True
    if settings.neo4j_uri is None and not (settings.home / FOLDER).exists():
        return False
    async with database(settings) as driver:
        return await there(driver, grant, database=settings.neo4j_database)


def _tell_revoked(records: Iterable[Record]) -> None:
    for record in records:
        typer.echo(f"revoked {record.id} ({record.grant.name})", err=True)


def _tell_made(records: Iterable[Record]) -> None:
    """Say which keys stay valid although whoever made them is shut out."""
    for record in records:
        typer.echo(f"still valid, as made for another: {record.id} ({record.grant.name}); --made revokes it too", err=True)


def _tell(key: str) -> None:
    typer.echo(WARNING, err=True)
    typer.echo(key)


def _row(record: Record, now: int) -> dict[str, Any]:
    return {
        "id": record.id,
        **asdict(record.grant),
        "state": record.state(now),
        "created_at": iso_time_or_null(record.created_at),
        "expires_at": iso_time_or_null(record.grant.expires_at),
        "last_used": record.last_used_day,
        "made_by": record.made_by,
    }


def _issuer() -> str:
    issuer = load().oidc_issuer
    if issuer is None:
        raise AccessError("no identity provider is set; set CREATORGRAPH_OIDC_ISSUER to the one whose sub is to be blocked")
    return issuer


def _account(subject: Subject) -> dict[str, Any]:
    identity, grant = subject.identity, subject.grant
    return {
        "id": subject.id,
        "issuer": identity.issuer,
        "sub": identity.subject,
        "state": "live" if subject.blocked_at is None else "blocked",
        "blocked_at": iso_time_or_null(subject.blocked_at),
        "tokens_valid_until": iso_time_or_null(subject.valid_until or None),
        "grant": None if grant is None else {name: value for name, value in asdict(grant).items() if name != "expires_at"},
    }


def _print(rows: list[dict[str, Any]]) -> None:
    """Print a table on a terminal; elsewhere a line for each key, its cells separated by tabs, so that no id is broken."""
    lines = [TITLES, *map(_cells, rows)]
    if not sys.stdout.isatty():
        typer.echo("\n".join("\t".join(cells) for cells in lines))
        return
    table = Table(box=None, pad_edge=False)
    for title in TITLES:
        table.add_column(title, overflow="fold", no_wrap=title == "id")
    for cells in lines[1:]:
        table.add_row(*map(Text, cells))
    console().print(table)


def _cells(row: dict[str, Any]) -> tuple[str, ...]:
    bounds = " ".join([*row["regions"], *row["brands"], row["creator"] or ""]).strip()
    texts = (
        *(row["id"], row["name"], row["role"], bounds, row["state"], row["expires_at"] or "never", row["last_used"] or "never"),
        *(" ".join(row["scopes"] or ["all"]), row["budget"] or "default", row["requests_at_once"] or "default"),
    )
    return tuple(" ".join(str(text).split()) for text in texts)
