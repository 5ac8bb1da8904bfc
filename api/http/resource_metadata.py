"""What a client reads to learn where it gets tokens for this service: OAuth 2.0 Protected Resource Metadata (RFC 9728)."""

from __future__ import annotations

from typing import Final

import orjson
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import Scope

from api.access.scopes import PREFIX
from api.access.viewer import Scope as AccessScope
from api.http.negotiation import JSON
from api.http.sessions import secure

PATH: Final = "/.well-known/oauth-protected-resource"
RESOURCES: Final = ("/mcp", "/graphql")
"""Paths that clients may take for a resource of their own; all others belong to the service as a whole."""
KEPT: Final = {"Cache-Control": "public, max-age=3600"}


def metadata_url(scope: Scope) -> str:
    """Return where the metadata are of the resource that a request was for."""
    path: str = scope["path"]
    return f"{_origin(scope)}{PATH}{path if path in RESOURCES else ''}"


async def resource_metadata(request: Request) -> Response:
    """Answer with the metadata; 404 where no identity provider is set."""
    settings = request.app.state.process.settings
    if settings.oidc_issuer is None:
        raise HTTPException(404)
    path = request.url.path.removeprefix(PATH)
    metadata = {
        "resource": _origin(request.scope) + path,
        "authorization_servers": [settings.oidc_issuer],
        "scopes_supported": [f"{PREFIX}{each}" for each in AccessScope],
        "bearer_methods_supported": ["header"],
        "resource_name": "creatorgraph",
        "resource_documentation": f"{_origin(request.scope)}/developers",
    }
    return Response(orjson.dumps(metadata), headers=KEPT, media_type=JSON)


def _origin(scope: Scope) -> str:
    """Return the origin that a client asked, which is reached over TLS unless it is loopback."""
    host = dict(scope["headers"]).get(b"host", b"").decode("latin-1")
    return f"{'https' if secure(scope) else 'http'}://{host}"


METADATA: Final[tuple[BaseRoute, ...]] = tuple(Route(f"{PATH}{each}", resource_metadata) for each in ("", *RESOURCES))
"""What is served of it, and where."""
